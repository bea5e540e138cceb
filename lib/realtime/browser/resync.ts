import type { ChannelView } from "@/lib/channels/channel.events";
import type { ChannelChanges, ChannelSync, SyncAnswer } from "@/lib/messages/message.events";
import { backoff, wait } from "@/lib/realtime/browser/backoff";
import { decide } from "@/lib/realtime/position";

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

/**
 * Follows channels by their cursors. Live changes are taken only while there is no gap; when one shows (or the
 * connection is new), one `sync` at a time fills it, and what arrives meanwhile is held and then decided again.
 */
export class Follower {
  private readonly cursors = new Map<string, number>();
  private held: ChannelChanges[] = [];
  /** Heads told while catching up. They are told once: the answer under way may be older than they are. */
  private heldHeads = new Map<string, number>();
  private level = false;
  private everLevel = false;
  /** Counts catch-ups: an answer to an earlier one, from before the connection was lost, is void. */
  private run = 0;

  constructor(private readonly duties: Duties) {}

  /**
   * Says that the caller holds the channel as of `version`. Before the first sync the lowest claim counts, so that
   * nobody misses a change; later a channel that is followed already keeps its place.
   */
  setCursor(channelId: string, version: number): void {
    const known = this.cursors.get(channelId);
    if (known === undefined || (!this.everLevel && version < known)) this.cursors.set(channelId, version);
  }

  drop(channelId: string): void {
    this.cursors.delete(channelId);
  }

  /** Forgets every place: the database lives another life, in which versions mean something else. */
  dropAll(): void {
    this.cursors.clear();
    this.held = [];
    this.heldHeads.clear();
  }

  /** The connection is gone: what arrives before the next catch-up is held. */
  pause(): void {
    this.run += 1;
    this.level = false;
    this.held = [];
    this.heldHeads.clear();
  }

  receive(change: ChannelChanges): void {
    if (!this.level) {
      this.held.push(change);
      return;
    }
    if (!this.take(change)) {
      this.held.push(change);
      void this.catchUp();
    }
  }

  /** Notices the loss of a last event. */
  heads(versions: Record<string, number>): void {
    for (const [channelId, version] of Object.entries(versions)) this.heldHeads.set(channelId, version);
    if (this.level && !this.reachesHeads()) void this.catchUp();
  }

  /** Forgets the heads that are reached; false when one is not. A channel that is not followed has none to reach. */
  private reachesHeads(): boolean {
    for (const [channelId, version] of this.heldHeads) {
      if (version <= (this.cursors.get(channelId) ?? version)) this.heldHeads.delete(channelId);
    }
    return this.heldHeads.size === 0;
  }

  async catchUp(): Promise<void> {
    this.run += 1;
    const run = this.run;
    this.level = false;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.duties.sync(Object.fromEntries(this.cursors)).catch(() => null);
      if (run !== this.run) return;
      if (answer !== null) {
        this.takeAnswer(answer);
        if (this.takeHeld() && this.reachesHeads()) break;
      }
      await wait(backoff(attempt));
      if (run !== this.run) return;
    }
    this.level = true;
    this.everLevel = true;
    this.duties.onResynced();
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

  /** Takes what was held, in order; false when a gap is left. */
  private takeHeld(): boolean {
    const held = this.held;
    this.held = [];
    for (const change of held) {
      const unknown = !this.cursors.has(change.channelId);
      if (!unknown && !this.take(change)) this.held.push(change);
    }
    return this.held.length === 0;
  }

  /** False when the change leaves a gap. */
  private take(change: ChannelChanges): boolean {
    const cursor = this.cursors.get(change.channelId);
    const decision = cursor === undefined ? "resync" : decide(cursor, change);
    if (decision === "apply") {
      this.cursors.set(change.channelId, change.to);
      this.duties.onChange({ ...change, reset: false });
    }
    return decision !== "resync";
  }
}
