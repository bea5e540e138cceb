import { after } from "@/lib/realtime/browser/backoff";
import type { ErrorCode } from "@/lib/shared/errors";

/** A message that the server has not acknowledged. `failure` is set once it was definitely refused. */
export interface Unsent {
  id: string;
  channelId: string;
  /** The message that it answers; absent in what an earlier version kept. */
  threadId?: string | null;
  /** A reply stands in the channel as well. */
  inChannel?: boolean;
  body: string;
  /** When it was written, ISO 8601, by this device's clock. */
  writtenAt: string;
  /** It is not sent before this moment, in milliseconds, and until then it can be taken back. */
  sendAt?: number;
  failure: { code: ErrorCode; message: string } | null;
}

/** What is sent of it. */
export function payloadOf({
  id,
  channelId,
  threadId,
  inChannel,
  body,
}: Pick<Unsent, "id" | "channelId" | "threadId" | "inChannel" | "body">) {
  return { id, channelId, body, ...(threadId && { threadId, inChannel: inChannel === true }) };
}

/** A kept message and the tab that sends it. */
export interface Kept {
  tab: string;
  unsent: Unsent;
}

/** Where unsent messages lie until they are sent. Several tabs share it. */
export interface Shelf {
  read(): Promise<Kept[]>;
  /** One transaction. @returns whether it is on disk now */
  write(put: Kept[], remove: string[]): Promise<boolean>;
}

/** Where a message lies until it is on the shelf: what is put here is kept when the call returns. */
export interface Journal {
  put(kept: Kept): void;
  remove(id: string): void;
  all(): Kept[];
  /** Tells the name of another tab that puts something here. */
  onOtherTab(listener: (tab: string) => void): () => void;
}

/** What is acknowledged within this time never reaches the shelf. */
const SHELVED_AFTER_MS = 50;

/**
 * Unsent messages on the device. A message is in the journal before `keep` returns, so that closing the tab in the
 * same instant loses nothing; it moves to the shelf a moment later and leaves the journal once it is on disk there.
 * Where both are forbidden, the tab's memory still holds it.
 */
export class UnsentStore {
  /** What the shelf does not know yet: a message, or null where one is to be removed. */
  private readonly changed = new Map<string, Kept | null>();
  private readonly shelved = new Set<string>();
  private writing = false;

  constructor(
    private readonly journal: Journal,
    private readonly shelf: Shelf,
    private readonly delay = after,
  ) {}

  keep(tab: string, unsent: Unsent): void {
    const kept = { tab, unsent };
    this.journal.put(kept);
    this.change(unsent.id, kept);
  }

  drop(id: string): void {
    this.journal.remove(id);
    if (this.shelved.has(id)) this.change(id, null);
    else this.changed.delete(id);
  }

  /** Everything kept, by whichever tab, oldest first: the ids are UUIDv7. */
  async all(): Promise<Kept[]> {
    // The journal first: what leaves it meanwhile is on the shelf by then.
    const journaled = this.journal.all();
    const shelved = await this.shelf.read();
    for (const { unsent } of shelved) this.shelved.add(unsent.id);
    const known = new Map([...shelved, ...journaled].map((kept) => [kept.unsent.id, kept]));
    for (const [id, kept] of this.changed) {
      if (kept === null) known.delete(id);
      else known.set(id, kept);
    }
    return [...known.values()].sort((a, b) => (a.unsent.id < b.unsent.id ? -1 : 1));
  }

  onOtherTab(listener: (tab: string) => void): () => void {
    return this.journal.onOtherTab(listener);
  }

  private change(id: string, kept: Kept | null): void {
    this.changed.set(id, kept);
    if (this.writing) return;
    this.writing = true;
    this.delay(SHELVED_AFTER_MS, () => void this.write());
  }

  private async write(): Promise<void> {
    while (this.changed.size > 0) {
      const batch = [...this.changed];
      this.changed.clear();
      const put = batch.flatMap(([, kept]) => kept ?? []);
      for (const { unsent } of put) this.shelved.add(unsent.id);
      const remove = batch.flatMap(([id, kept]) => (kept === null ? id : []));
      for (const id of remove) this.shelved.delete(id);
      const onDisk = await this.shelf.write(put, remove);
      if (!onDisk) continue;
      for (const { unsent } of put) if (!this.changed.has(unsent.id)) this.journal.remove(unsent.id);
    }
    this.writing = false;
  }
}
