import { openDevice, within } from "@/lib/realtime/browser/device";
import type { Journal, Kept, Shelf } from "@/lib/realtime/browser/unsent";

/** None on the server; and the browser's settings may forbid it, and then reading the property throws. */
export function deviceStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null || !("tab" in value) || !("unsent" in value)) return false;
  const { unsent } = value;
  return typeof unsent === "object" && unsent !== null && "id" in unsent && "channelId" in unsent && "body" in unsent;
}

function parse(text: string | null): Kept | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

/** A journal in the browser's synchronous storage, one entry a message so that two tabs never overwrite each other. */
export function storageJournal(storage: Storage | null, prefix: string): Journal {
  return {
    put(kept) {
      try {
        storage?.setItem(prefix + kept.unsent.id, JSON.stringify(kept));
      } catch {
        // Full, or forbidden by the browser's settings.
      }
    },
    remove: (id) => storage?.removeItem(prefix + id),
    all() {
      if (storage === null) return [];
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
      return names.filter((name) => name.startsWith(prefix)).flatMap((name) => parse(storage.getItem(name)) ?? []);
    },
    onOtherTab(listener) {
      const heard = ({ key, newValue }: StorageEvent) => {
        const kept = key?.startsWith(prefix) === true ? parse(newValue) : null;
        if (kept !== null) listener(kept.tab);
      };
      if (typeof window === "undefined") return () => {};
      window.addEventListener("storage", heard);
      return () => window.removeEventListener("storage", heard);
    },
  };
}

/** A shelf in the device's database. It is on disk when it says so, and not only handed to the system. */
export function deviceShelf(scope: string): Shelf {
  return {
    async read() {
      try {
        const device = await openDevice();
        const kept = await device?.getAll("unsent", within(scope));
        return (kept ?? []).map(({ tab, unsent }) => ({ tab, unsent }));
      } catch {
        // Broken, or closed under our hands: the journal is what there is, and the next return reads again.
        return [];
      }
    },
    async write(put, remove) {
      try {
        const device = await openDevice();
        if (device === null) return false;
        const transaction = device.transaction("unsent", "readwrite", { durability: "strict" });
        const changes = [
          ...put.map(({ tab, unsent }) => transaction.store.put({ scope, id: unsent.id, tab, unsent })),
          ...remove.map((id) => transaction.store.delete([scope, id])),
        ];
        transaction.commit();
        await Promise.all([...changes, transaction.done]);
        return true;
      } catch {
        // Full or broken: the journal keeps what it has.
        return false;
      }
    },
  };
}
