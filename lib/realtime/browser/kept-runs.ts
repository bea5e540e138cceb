import { after } from "@/lib/realtime/browser/backoff";
import { forgetScope, type KeptRun, openDevice, within } from "@/lib/realtime/browser/device";

/** At most one transaction in this time: what is kept may be late, since `sync` begins where it ends. */
const WRITE_EVERY_MS = 1_000;
const MOST_CHANNELS = 30;

/** The part of a run that only the one who holds the channel knows. */
export type End = Omit<KeptRun, "channelId" | "seenAt">;

/**
 * The ends of the channels of one scope, on this device: what a later visit shows before anything has come. A channel
 * that is touched is looked up when its turn comes to be written; where `endOf` knows no end, what was kept of it goes.
 */
export class KeptRuns {
  private readonly touched = new Set<string>();
  private readonly seenAt = new Map<string, number>();
  private cancel: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly scope: string,
    private readonly endOf: (channelId: string) => End | null,
  ) {}

  /** What an earlier visit kept of this life of the database; what it kept of another is removed. */
  async load(epoch: string): Promise<KeptRun[]> {
    try {
      const device = await openDevice();
      if (device === null) return [];
      const keys = await device.getAllKeysFromIndex("runs", "seen", within(this.scope));
      const runs: KeptRun[] = [];
      // One by one, so that no frame waits for all of them.
      for (const key of keys.reverse()) {
        const run = runs.length < MOST_CHANNELS ? await device.get("runs", key) : undefined;
        if (run?.epoch !== epoch) {
          await device.delete("runs", key);
          continue;
        }
        this.seenAt.set(run.channelId, this.seenAt.get(run.channelId) ?? run.seenAt);
        runs.push(run);
      }
      return this.closed ? [] : runs;
    } catch {
      // A database that broke is worth nothing: the server has all that was in it.
      return [];
    }
  }

  /** The channel is looked at: those that nobody looked at for longest are given up first. */
  see(channelId: string): void {
    this.seenAt.set(channelId, Date.now());
  }

  touch(channelId: string): void {
    if (this.closed) return;
    this.touched.add(channelId);
    this.cancel ??= after(WRITE_EVERY_MS, () => void this.write());
  }

  /** Writes what is due, at once: the page may be about to go. */
  async write(): Promise<void> {
    this.cancel?.();
    this.cancel = null;
    if (this.touched.size === 0) return;
    try {
      const device = await openDevice();
      if (device === null || this.closed) return;
      const transaction = device.transaction("runs", "readwrite", { durability: "relaxed" });
      const { store } = transaction;
      const writes: Promise<unknown>[] = [...this.touched].map((channelId) => {
        const end = this.endOf(channelId);
        if (end === null) return store.delete([this.scope, channelId]);
        const seenAt = this.seenAt.get(channelId) ?? Date.now();
        return store.put({ ...end, scope: this.scope, channelId, seenAt });
      });
      this.touched.clear();
      transaction.commit();
      await Promise.all([...writes, transaction.done]);
    } catch {
      // Full or broken: a later visit asks the server for more.
    }
  }

  /** Forgets all of the scope. */
  async clear(): Promise<void> {
    this.touched.clear();
    this.seenAt.clear();
    await forgetScope(this.scope);
  }

  /** Nothing is written any more. */
  close(): void {
    this.closed = true;
    this.cancel?.();
    this.cancel = null;
  }
}
