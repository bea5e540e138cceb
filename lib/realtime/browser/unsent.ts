import type { ErrorCode } from "@/lib/shared/errors";

/** A message that the server has not acknowledged. `failure` is set once it was definitely refused. */
export interface Unsent {
  id: string;
  channelId: string;
  body: string;
  /** When it was written, ISO 8601, by this device's clock. */
  writtenAt: string;
  failure: { code: ErrorCode; message: string } | null;
}

/** A kept message and the tab that sends it. */
export interface Kept {
  tab: string;
  unsent: Unsent;
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

/**
 * Unsent messages on the device, one entry each so that two tabs never overwrite each other.
 * A storage that is full or forbidden loses only the safety over reloads: the tab's memory still holds the message.
 */
export class UnsentStore {
  constructor(
    private readonly storage: Storage | null,
    private readonly prefix: string,
  ) {}

  keep(tab: string, unsent: Unsent): void {
    try {
      this.storage?.setItem(this.prefix + unsent.id, JSON.stringify({ tab, unsent } satisfies Kept));
    } catch {
      // Full, or forbidden by the browser's settings.
    }
  }

  drop(id: string): void {
    this.storage?.removeItem(this.prefix + id);
  }

  /** Everything kept, oldest first: the ids are UUIDv7. */
  all(): Kept[] {
    const { storage, prefix } = this;
    if (storage === null) return [];
    const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
    return names
      .filter((name) => name.startsWith(prefix))
      .sort()
      .flatMap((name) => parse(storage.getItem(name)) ?? []);
  }
}
