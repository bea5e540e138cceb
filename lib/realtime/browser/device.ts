import type { DBSchema, IDBPDatabase } from "idb";
import type { MessageView } from "@/lib/messages/message.events";
import { wait } from "@/lib/realtime/browser/backoff";
import type { Kept } from "@/lib/realtime/browser/unsent";
import type { MemberView } from "@/lib/workspaces/workspace.events";

/** The end of a channel as it was at `cursor`, in the database's life `epoch`. */
export interface KeptRun {
  channelId: string;
  epoch: string;
  cursor: number;
  messages: readonly MessageView[];
  hasOlder: boolean;
  /** When somebody last looked at the channel on this device, in milliseconds. */
  seenAt: number;
}

/** What is kept is kept under a scope: one account in one workspace. */
interface Rooms extends DBSchema {
  unsent: { key: [scope: string, id: string]; value: Kept & { scope: string; id: string } };
  runs: {
    key: [scope: string, channelId: string];
    value: KeptRun & { scope: string };
    indexes: { seen: [scope: string, seenAt: number] };
  };
  people: { key: string; value: { scope: string; members: readonly MemberView[] } };
}

export type Device = IDBPDatabase<Rooms>;

const NAME = "parley";
const VERSION = 1;
/** Browsers have been seen that neither open a database nor refuse it. */
const OPEN_WITHIN_MS = 5_000;

let opening: Promise<Device | null> | undefined;
/** The page forgot everything, and must not begin to keep again on its way out. */
let forgotten = false;

async function open(): Promise<Device | null> {
  try {
    const { openDB } = await import("idb");
    return await openDB<Rooms>(NAME, VERSION, {
      upgrade(device) {
        device.createObjectStore("unsent", { keyPath: ["scope", "id"] });
        const runs = device.createObjectStore("runs", { keyPath: ["scope", "channelId"] });
        runs.createIndex("seen", ["scope", "seenAt"]);
        device.createObjectStore("people", { keyPath: "scope" });
      },
      // Another tab has a newer Parley, or wipes all: this one must not stand in its way.
      blocking: (_held, _wanted, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        opening = undefined;
      },
      terminated: () => {
        opening = undefined;
      },
    });
  } catch {
    // Forbidden by the browser's settings, or in a private window: the page's memory is all there is.
    return null;
  }
}

/** The database on this device, opened at the first use; null where there is none. */
export function openDevice(): Promise<Device | null> {
  if (forgotten || typeof indexedDB === "undefined") return Promise.resolve(null);
  opening ??= Promise.race([open(), wait(OPEN_WITHIN_MS).then(() => null)]);
  return opening;
}

/** All keys of a scope: an array sorts behind every string. */
export function within(scope: string): IDBKeyRange {
  return IDBKeyRange.bound([scope], [scope, []]);
}

/** Removes what was read of a scope. What is unsent stays. */
export async function forgetScope(scope: string): Promise<void> {
  await remove([within(scope)], [IDBKeyRange.only(scope)]);
}

/** Removes what other accounts read on this device. What they did not send stays theirs. */
export async function forgetOthers(accountId: string): Promise<void> {
  // A scope begins with the account and a dot; "/" is the character that follows the dot.
  const [first, beyond] = [`${accountId}.`, `${accountId}/`];
  await remove(
    [IDBKeyRange.upperBound([first], true), IDBKeyRange.lowerBound([beyond])],
    [IDBKeyRange.upperBound(first, true), IDBKeyRange.lowerBound(beyond)],
  );
}

/** Reads nothing first and commits at once: the page may be on its way out. */
async function remove(runs: IDBKeyRange[], people: IDBKeyRange[]): Promise<void> {
  const device = await openDevice();
  if (device === null) return;
  const transaction = device.transaction(["runs", "people"], "readwrite", { durability: "strict" });
  const removals = [
    ...runs.map((range) => transaction.objectStore("runs").delete(range)),
    ...people.map((range) => transaction.objectStore("people").delete(range)),
  ];
  transaction.commit();
  await Promise.all([...removals, transaction.done]);
}

/** Names in the synchronous storage that hold what somebody wrote. */
const WRITTEN = ["parley.outbox.", "parley.draft.", "parley.changes.", "parley.emoji."];

function writtenNames(): string[] {
  try {
    return Object.keys(window.localStorage).filter((name) => WRITTEN.some((prefix) => name.startsWith(prefix)));
  } catch {
    // Forbidden storage holds nothing.
    return [];
  }
}

/** How many messages lie unsent on this device, whoever wrote them. */
export async function countUnsent(): Promise<number> {
  const device = await openDevice();
  const shelved = (await device?.getAllKeys("unsent"))?.map(([, id]) => id) ?? [];
  const journaled = writtenNames().filter((name) => name.startsWith("parley.outbox."));
  // A message that is on its way from the journal to the shelf is in both; its id ends the journal's name.
  return new Set([...shelved, ...journaled.map((name) => name.slice(name.lastIndexOf(".") + 1))]).size;
}

/** Removes all that was read and written on this device. The page that calls it keeps nothing any more. */
export async function forgetDevice(): Promise<void> {
  const device = await openDevice();
  forgotten = true;
  for (const name of writtenNames()) window.localStorage.removeItem(name);
  if (device === null) return;
  const transaction = device.transaction(["unsent", "runs", "people"], "readwrite", { durability: "strict" });
  const removals = [
    transaction.objectStore("unsent").clear(),
    transaction.objectStore("runs").clear(),
    transaction.objectStore("people").clear(),
  ];
  transaction.commit();
  await Promise.all([...removals, transaction.done]);
}
