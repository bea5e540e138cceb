import type { ChannelView, MembershipChangeView } from "@/lib/channels/channel.events";

/** The channels one belongs to and the public ones one could join, by id. */
export type ChannelsState = ReadonlyMap<string, ChannelView>;

/** What the list needs to know of a `channel:changes`. */
export interface ChannelChange {
  channelId: string;
  to: number;
  messages: { seq: number | null; authorId: string; mentions: string[] }[];
  members?: MembershipChangeView[];
}

export type ChannelFact =
  /**
   * What the server answers for the whole workspace. `replace` after the database began another life; `readOn` are the
   * channels in which one has read on meanwhile, so that what it says of one's place there may be old.
   */
  | { type: "shell"; channels: ChannelView[]; replace: boolean; readOn: ReadonlySet<string> }
  | { type: "changes"; change: ChannelChange; viewerId: string }
  | { type: "joined" | "updated"; channel: ChannelView }
  | { type: "left"; channelId: string }
  /** Read up to `readSeq`, here or on another of one's connections. */
  | { type: "read"; channelId: string; readSeq: number; mentionCount: number }
  /** Unread again above `readSeq`. */
  | { type: "unread"; channelId: string; readSeq: number; mentionCount: number };

export function startChannels(channels: ChannelView[]): ChannelsState {
  return new Map(channels.map((channel) => [channel.id, channel]));
}

export function channelsReducer(state: ChannelsState, fact: ChannelFact): ChannelsState {
  switch (fact.type) {
    case "shell":
      if (fact.replace) return startChannels(fact.channels);
      return startChannels(
        fact.channels.map((channel) => {
          const held = state.get(channel.id);
          return whereRead(newer(held, channel), channel, held, fact.readOn);
        }),
      );
    case "changes":
      return withChanged(state, fact.change.channelId, (channel) => afterChanges(channel, fact));
    case "joined":
    case "updated":
      return withPut(state, newer(state.get(fact.channel.id), fact.channel));
    case "left":
      return afterLeaving(state, fact.channelId);
    case "read":
      return withChanged(state, fact.channelId, (channel) => afterReading(channel, fact));
    case "unread":
      return withChanged(state, fact.channelId, (channel) => afterUnreading(channel, fact));
  }
}

/** An answer can be older than what came live while it was under way; numbers that only grow never go back. */
function newer(held: ChannelView | undefined, told: ChannelView): ChannelView {
  if (held === undefined || held.readSeq === null || told.readSeq === null) return told;
  const late = told.version < held.version;
  return {
    ...told,
    lastSeq: Math.max(held.lastSeq, told.lastSeq),
    version: Math.max(held.version, told.version),
    readSeq: Math.max(held.readSeq, told.readSeq),
    mentionCount: late || held.readSeq > told.readSeq ? held.mentionCount : told.mentionCount,
    memberCount: late ? held.memberCount : told.memberCount,
  };
}

function afterChanges(
  channel: ChannelView,
  { change, viewerId }: Extract<ChannelFact, { type: "changes" }>,
): ChannelView {
  if (change.to <= channel.version) return channel;
  let { lastSeq, readSeq, memberCount, mentionCount } = channel;
  for (const message of change.messages) {
    const { seq, authorId, mentions } = message;
    if (seq === null) continue;
    const isNew = readSeq !== null && seq > lastSeq;
    if (isNew && authorId === viewerId) {
      // One has read what one writes, and what stood above it.
      readSeq = Math.max(readSeq ?? 0, seq);
      mentionCount = 0;
    } else if (isNew && calls(mentions, viewerId)) mentionCount += 1;
    lastSeq = Math.max(lastSeq, seq);
  }
  for (const { role } of change.members ?? []) memberCount += role === null ? -1 : 1;
  return { ...channel, lastSeq, readSeq, memberCount, mentionCount, version: change.to };
}

/** Whether one of a message's mentions means an account. Whoever hears of it live is online, and so is "here". */
export function calls(mentions: readonly string[], accountId: string): boolean {
  return mentions.some((one) => one === accountId || one === "channel" || one === "here");
}

/** Marking unread elsewhere lets the place go back, which only the server can know for whoever was away. */
function whereRead(
  channel: ChannelView,
  told: ChannelView,
  held: ChannelView | undefined,
  readOn: ReadonlySet<string>,
): ChannelView {
  const old = readOn.has(told.id) || told.version < (held?.version ?? 0);
  return old ? channel : { ...channel, readSeq: told.readSeq, mentionCount: told.mentionCount };
}

function afterReading(
  channel: ChannelView,
  { readSeq, mentionCount }: Extract<ChannelFact, { type: "read" }>,
): ChannelView {
  if (channel.readSeq === null || readSeq < channel.readSeq) return channel;
  if (readSeq === channel.readSeq && mentionCount === channel.mentionCount) return channel;
  return { ...channel, readSeq, mentionCount };
}

function afterUnreading(
  channel: ChannelView,
  { readSeq, mentionCount }: Extract<ChannelFact, { type: "unread" }>,
): ChannelView {
  if (channel.readSeq === null || readSeq > channel.readSeq) return channel;
  return { ...channel, readSeq, mentionCount };
}

/** A public channel that one left can still be joined; any other is gone. */
function afterLeaving(state: ChannelsState, channelId: string): ChannelsState {
  const channel = state.get(channelId);
  if (channel === undefined) return state;
  if (channel.kind === "public") return withPut(state, { ...channel, readSeq: null, mentionCount: 0 });
  const next = new Map(state);
  next.delete(channelId);
  return next;
}

function withPut(state: ChannelsState, channel: ChannelView): ChannelsState {
  return new Map(state).set(channel.id, channel);
}

function withChanged(
  state: ChannelsState,
  channelId: string,
  change: (channel: ChannelView) => ChannelView,
): ChannelsState {
  const held = state.get(channelId);
  if (held === undefined) return state;
  const changed = change(held);
  return changed === held ? state : withPut(state, changed);
}
