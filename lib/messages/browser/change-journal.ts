import { type PendingChange, slotOf } from "@/lib/messages/browser/pending-change";

/** A pending change and the tab that carries it. */
export interface KeptChange {
  tab: string;
  unsent: PendingChange;
}

/** Where pending changes lie on the device: what is put here is kept when the call returns. */
export interface ChangeJournal {
  put(kept: KeptChange): void;
  /** Removes a change, unless another tab has put a later one in its slot. */
  remove(kept: KeptChange): void;
  all(): KeptChange[];
}

const KINDS: readonly unknown[] = [
  "edit",
  "delete",
  "react",
  "unreact",
  "pin",
  "unpin",
] satisfies PendingChange["kind"][];

function isKept(value: unknown): value is KeptChange {
  if (typeof value !== "object" || value === null || !("tab" in value) || !("unsent" in value)) return false;
  const { unsent } = value;
  return (
    typeof unsent === "object" &&
    unsent !== null &&
    "kind" in unsent &&
    KINDS.includes(unsent.kind) &&
    ["messageId", "channelId", "text", "askedAt", "dueAt", "failure"].every((field) => field in unsent)
  );
}

function parse(text: string | null): KeptChange | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

/** A journal in the browser's synchronous storage, one entry a slot. Without storage the tab's memory is all there is. */
export function changeJournal(storage: Storage | null, prefix: string): ChangeJournal {
  const nameOf = ({ unsent }: KeptChange) => prefix + slotOf(unsent);
  return {
    put(kept) {
      try {
        storage?.setItem(nameOf(kept), JSON.stringify(kept));
      } catch {
        // Full, or forbidden by the browser's settings.
      }
    },
    remove(kept) {
      const held = parse(storage?.getItem(nameOf(kept)) ?? null);
      if (held === null || held.tab === kept.tab) storage?.removeItem(nameOf(kept));
    },
    all() {
      if (storage === null) return [];
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
      return names.filter((name) => name.startsWith(prefix)).flatMap((name) => parse(storage.getItem(name)) ?? []);
    },
  };
}
