import type { MessagePage } from "@/lib/messages/message.events";
import { EMPTY_TIMELINE, reduceTimeline, type TimelineFact, type TimelineState } from "@/lib/messages/message.store";

/** Beyond this a channel that nobody looks at is forgotten; opening it asks for its newest page. */
const UNWATCHED_LIMIT = 900;

/** The channels that a tab has opened, each with its state and those who draw it. */
export class Timelines {
  private readonly states = new Map<string, TimelineState>();
  private readonly watchers = new Map<string, Set<() => void>>();
  private readonly listeners = new Set<(channelId: string) => void>();

  constructor(initial?: { channelId: string; page: MessagePage }) {
    if (initial !== undefined) {
      this.dispatch(initial.channelId, { type: "page", edge: "newest", page: initial.page, life: 0 });
    }
  }

  get(channelId: string): TimelineState {
    return this.states.get(channelId) ?? EMPTY_TIMELINE;
  }

  subscribe(channelId: string, watcher: () => void): () => void {
    const watchers = this.watchers.get(channelId) ?? new Set();
    this.watchers.set(channelId, watchers);
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) this.watchers.delete(channelId);
    };
  }

  channelIds(): string[] {
    return [...this.states.keys()];
  }

  /** Whether somebody draws the channel. */
  isWatched(channelId: string): boolean {
    return this.watchers.has(channelId);
  }

  /** Tells of each channel of which other messages are held than before. */
  onHeld(listener: (channelId: string) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  dispatch(channelId: string, fact: TimelineFact): void {
    const before = this.get(channelId);
    let state = reduceTimeline(before, fact);
    if (state === before) return;
    if (state.messages.length > UNWATCHED_LIMIT && !this.watchers.has(channelId)) {
      state = { ...EMPTY_TIMELINE, pending: state.pending, life: state.life + 1 };
    }
    this.states.set(channelId, state);
    for (const watcher of this.watchers.get(channelId) ?? []) watcher();
    const { messages, cursor, hasNewer, stale } = before;
    const same = messages === state.messages && cursor === state.cursor;
    if (!same || hasNewer !== state.hasNewer || stale !== state.stale) this.tellHeld(channelId);
  }

  /** A new epoch: nothing that was read holds any more. */
  startNewLife(): void {
    for (const channelId of [...this.states.keys()]) this.dispatch(channelId, { type: "epoch" });
  }

  /** The channel may not be read any more. */
  forget(channelId: string): void {
    this.states.delete(channelId);
    for (const watcher of this.watchers.get(channelId) ?? []) watcher();
    this.tellHeld(channelId);
  }

  private tellHeld(channelId: string): void {
    for (const listener of this.listeners) listener(channelId);
  }
}
