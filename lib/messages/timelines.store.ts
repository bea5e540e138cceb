import type { MessagePage } from "@/lib/messages/message.events";
import { EMPTY_TIMELINE, reduceTimeline, type TimelineFact, type TimelineState } from "@/lib/messages/message.store";

/** Beyond this a channel that nobody looks at is forgotten; opening it asks for its newest page. */
const UNWATCHED_LIMIT = 900;

/** The channels that a tab has opened, each with its state and those who draw it. */
export class Timelines {
  private readonly states = new Map<string, TimelineState>();
  private readonly watchers = new Map<string, Set<() => void>>();

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

  dispatch(channelId: string, fact: TimelineFact): void {
    const before = this.get(channelId);
    let state = reduceTimeline(before, fact);
    if (state === before) return;
    if (state.messages.length > UNWATCHED_LIMIT && !this.watchers.has(channelId)) {
      state = { ...EMPTY_TIMELINE, pending: state.pending, life: state.life + 1 };
    }
    this.states.set(channelId, state);
    for (const watcher of this.watchers.get(channelId) ?? []) watcher();
  }

  /** A new epoch: nothing that was read holds any more. */
  startNewLife(): void {
    for (const channelId of [...this.states.keys()]) this.dispatch(channelId, { type: "epoch" });
  }

  /** The channel may not be read any more. */
  forget(channelId: string): void {
    this.states.delete(channelId);
    for (const watcher of this.watchers.get(channelId) ?? []) watcher();
  }
}
