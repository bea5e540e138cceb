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
const forgotten = false;

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
  await removeRead((kept) => kept === scope);
}

/** Removes what other accounts read on this device. What they did not send stays theirs. */
export async function forgetOthers(accountId: string): Promise<void> {
  await removeRead((kept) => !kept.startsWith(`${accountId}.`));
}

async function removeRead(isGone: (scope: string) => boolean): Promise<void> {
  const device = await openDevice().catch(() => null);
  if (device === null) return;
  const transaction = device.transaction(["runs", "people"], "readwrite", { durability: "strict" });
  const runs = transaction.objectStore("runs");
  const people = transaction.objectStore("people");
  for (const key of await runs.getAllKeys()) if (isGone(key[0])) await runs.delete(key);
  for (const key of await people.getAllKeys()) if (isGone(key)) await people.delete(key);
  await transaction.done;
}
