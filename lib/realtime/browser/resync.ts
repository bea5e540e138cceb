import type { ChannelView } from "@/lib/channels/channel.events";
import type { ChannelChanges, ChannelSync, SyncAnswer } from "@/lib/messages/message.events";
import { after, backoff, spread } from "@/lib/realtime/browser/backoff";
import { inOrder } from "@/lib/realtime/position";
import { isRefusal } from "@/lib/shared/errors";

/**
 * Changes of one channel, in version order and each once, whether they came live or by `sync`.
 * `reset`: too much changed to be listed; drop what is held, `messages` is the newest page.
 */
export interface Change extends ChannelChanges {
  reset: boolean;
}

interface Duties {
  sync(cursors: Record<string, number>): Promise<SyncAnswer>;
  onChange(change: Change): void;
  onJoined(channel: ChannelView): void;
  onLeft(channelId: string): void;
  /** Everything up to now is known: told after each completed catch-up. */
  onResynced(): void;
}

/** Changes of one channel that pass through several nodes overtake each other by less than this. */
const REORDER_MS = 200;

/**
 * Follows channels by their cursors. A change that leaves a gap is held for a moment, in which what lies between may
 * still come; if it does not (or the connection is new), one `sync` at a time fills the gap, and what it
 * overtakes is held and then decided again. What leaves no gap is taken at once, also while a `sync` is under way.
 */
export class Follower {
  private readonly cursors = new Map<string, number>();
  private readonly held = new Map<string, ChannelChanges[]>();
  /** The channels with a gap that may close by itself; each ends the wait for it. */
  private readonly waits = new Map<string, () => void>();
  /** Between the first question of a connection and its end. */
  private connected = false;
  /** No catch-up is under way: a gap that shows now is worth waiting for. */
  private level = false;
  private everLevel = false;
  /** Counts catch-ups: an answer to an earlier one, from before the connection was lost, is void. */
  private run = 0;
  /** Catch-ups in a row that left a gap behind. */
  private fruitless = 0;

  constructor(
    private readonly duties: Duties,
    private readonly delay = after,
  ) {}

  /**
   * Says that the caller holds the channel as of `version`. Before the first sync the lowest claim counts, so that
   * nobody misses a change; later a channel that is followed already keeps its place.
   */
  setCursor(channelId: string, version: number): void {
    const known = this.cursors.get(channelId);
    if (known === undefined || (!this.everLevel && version < known)) this.cursors.set(channelId, version);
    this.settle(channelId);
  }

  /** Up to which version a channel's changes have been told. */
  cursorOf(channelId: string): number | undefined {
    return this.cursors.get(channelId);
  }

  /**
   * Says that the caller holds channels as of earlier versions than those that are followed: what changed since is
   * told again, by one `sync` for all of them.
   */
  rewind(versions: Record<string, number>): void {
    const earlier = Object.entries(versions).filter(
      ([channelId, version]) => version < (this.cursors.get(channelId) ?? Number.POSITIVE_INFINITY),
    );
    for (const [channelId, version] of earlier) this.cursors.set(channelId, version);
    if (earlier.length > 0 && this.connected) void this.catchUp();
  }

  drop(channelId: string): void {
    this.cursors.delete(channelId);
    this.held.delete(channelId);
    this.stopWaiting(channelId);
  }

  /** Forgets every place: the database lives another life, in which versions mean something else. */
  dropAll(): void {
    this.cursors.clear();
    this.forgetHeld();
  }

  /** The connection is gone: what arrives before the next catch-up is held. */
  pause(): void {
    this.run += 1;
    this.connected = false;
    this.level = false;
    this.forgetHeld();
  }

  receive(change: ChannelChanges): void {
    this.held.set(change.channelId, [...(this.held.get(change.channelId) ?? []), change]);
    this.settle(change.channelId);
  }

  /** Notices the loss of a last event: a head above the cursor is a gap like any other, with nothing behind it. */
  heads(versions: Record<string, number>): void {
    if (!this.level) return;
    for (const [channelId, version] of Object.entries(versions)) {
      if (version <= (this.cursors.get(channelId) ?? version)) continue;
      this.receive({ channelId, from: version, to: version, messages: [] });
    }
  }

  /** Asks for all that was missed until it is told. @returns false if the connection was lost, or another one began */
  async catchUp(): Promise<boolean> {
    this.run += 1;
    const run = this.run;
    this.connected = true;
    this.level = false;
    for (const channelId of this.waits.keys()) this.stopWaiting(channelId);
    for (let attempt = 0; ; attempt += 1) {
      let pause = backoff(attempt);
      const answer = await this.duties.sync(Object.fromEntries(this.cursors)).catch((error: unknown) => {
        if (isRefusal(error) && error.retryAfterMs !== undefined) pause = spread(error.retryAfterMs);
        return null;
      });
      if (run !== this.run) return false;
      if (answer !== null) {
        this.takeAnswer(answer);
        break;
      }
      await new Promise<void>((resolve) => this.delay(pause, resolve));
      if (run !== this.run) return false;
    }
    this.level = true;
    this.everLevel = true;
    this.takeHeld();
    this.duties.onResynced();
    return true;
  }

  private takeAnswer(answer: SyncAnswer): void {
    for (const channelId of answer.left) {
      if (this.cursors.delete(channelId)) this.duties.onLeft(channelId);
    }
    for (const channel of answer.joined) {
      if (this.cursors.has(channel.id)) continue;
      this.cursors.set(channel.id, channel.version);
      this.duties.onJoined(channel);
    }
    for (const [channelId, sync] of Object.entries(answer.channels)) this.takeSync(channelId, sync);
  }

  private takeSync(channelId: string, { version, messages, members, reset }: ChannelSync): void {
    const from = this.cursors.get(channelId);
    if (from === undefined || (version <= from && !reset)) return;
    this.cursors.set(channelId, version);
    this.duties.onChange({ channelId, from, to: version, messages, ...(members && { members }), reset });
  }

  /** Takes what came during a catch-up. The server has just named every channel: others are not one's own. */
  private takeHeld(): void {
    for (const channelId of [...this.held.keys()]) {
      if (!this.cursors.has(channelId)) this.held.delete(channelId);
    }
    const overtaken = [...this.held].some(([channelId, held]) => {
      const cursor = this.cursors.get(channelId);
      return cursor !== undefined && inOrder(cursor, held).left.length > 0;
    });
    this.fruitless = overtaken ? this.fruitless + 1 : 0;
    for (const channelId of [...this.held.keys()]) this.settle(channelId);
  }

  /** Takes all that can be taken of a channel now, and begins or ends the wait for the rest. */
  private settle(channelId: string): void {
    if (!this.everLevel || !this.connected) return;
    const cursor = this.cursors.get(channelId);
    const held = this.held.get(channelId) ?? [];
    const { taken, left } = cursor === undefined ? { taken: [], left: held } : inOrder(cursor, held);
    if (left.length > 0) {
      this.held.set(channelId, left);
      if (this.level) this.waitFor(channelId);
    } else {
      this.held.delete(channelId);
      this.stopWaiting(channelId);
    }
    for (const change of taken) {
      this.cursors.set(channelId, change.to);
      this.duties.onChange({ ...change, reset: false });
    }
  }

  private waitFor(channelId: string): void {
    if (this.waits.has(channelId)) return;
    const patience = this.fruitless === 0 ? REORDER_MS : backoff(this.fruitless);
    this.waits.set(
      channelId,
      this.delay(patience, () => {
        this.waits.delete(channelId);
        void this.catchUp();
      }),
    );
  }

  private stopWaiting(channelId: string): void {
    this.waits.get(channelId)?.();
    this.waits.delete(channelId);
  }

  private forgetHeld(): void {
    this.held.clear();
    for (const channelId of [...this.waits.keys()]) this.stopWaiting(channelId);
  }
}
