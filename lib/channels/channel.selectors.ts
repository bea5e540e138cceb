import type { ChannelView } from "@/lib/channels/channel.events";
import type { ChannelsState } from "@/lib/channels/channel.store";
import type { Role } from "@/lib/workspaces/workspace.events";

// One collation on the server and in every browser, or the list would be put in another order at hydration.
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function byName(one: ChannelView, other: ChannelView): number {
  return collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

/** How many messages of a channel one has not read; 0 where one is not a member. */
export function unreadCount({ lastSeq, readSeq }: Pick<ChannelView, "lastSeq" | "readSeq">): number {
  return readSeq === null ? 0 : Math.max(0, lastSeq - readSeq);
}

/** One's own channels, each in one place of the list. Sections of one's own by name, channels in each by name. */
export interface ChannelList {
  favourites: ChannelView[];
  sections: { name: string; channels: ChannelView[] }[];
  channels: ChannelView[];
  direct: ChannelView[];
  archived: ChannelView[];
}

/** @param activeId the open channel, which is listed even where it is hidden */
export function listedChannels(state: ChannelsState, activeId: string | undefined): ChannelList {
  const own = [...state.values()].filter((channel) => channel.readSeq !== null).sort(byName);
  const archived = own.filter(({ archivedAt }) => archivedAt !== null);
  const open = own.filter((channel) => channel.archivedAt === null && (channel.id === activeId || isListed(channel)));
  const others = open.filter(({ starred }) => !starred);
  const names = [...new Set(others.flatMap(({ section }) => section ?? []))].sort(collator.compare);
  const unsorted = others.filter(({ section }) => section === null);
  return {
    favourites: open.filter(({ starred }) => starred),
    sections: names.map((name) => ({ name, channels: others.filter(({ section }) => section === name) })),
    channels: unsorted.filter(({ kind }) => kind !== "direct"),
    direct: unsorted.filter(({ kind }) => kind === "direct"),
    archived,
  };
}

/** A direct channel in which nobody has said anything yet is the affair of whoever opened it. */
function isListed({ kind, lastSeq, hiddenSeq }: ChannelView): boolean {
  return (kind !== "direct" || lastSeq > 0) && (hiddenSeq === null || lastSeq > hiddenSeq);
}

export type ChannelOrder = "name" | "members" | "newest";

interface Sought {
  words: string;
  order: ChannelOrder;
  archived: boolean;
}

/** Those that can be looked through: public ones and one's own private ones, whose name or topic has the words. */
export function browsedChannels(state: ChannelsState, { words, order, archived }: Sought): ChannelView[] {
  const needle = words.normalize("NFKC").trim().toLowerCase();
  return [...state.values()]
    .filter(
      ({ kind, name, topic, archivedAt }) =>
        kind !== "direct" && (archivedAt !== null) === archived && `${name}\n${topic}`.toLowerCase().includes(needle),
    )
    .sort(ORDERS[order]);
}

const ORDERS: Record<ChannelOrder, (one: ChannelView, other: ChannelView) => number> = {
  name: byName,
  members: (one, other) => other.memberCount - one.memberCount || byName(one, other),
  // Ids are made in the order of time.
  newest: (one, other) => (one.id < other.id ? 1 : -1),
};

/** Whether a role may write to a channel, as the server judges it. */
export function mayPost({ posting, archivedAt }: Pick<ChannelView, "posting" | "archivedAt">, role: Role): boolean {
  return archivedAt === null && (posting === "all" || role === "owner" || role === "admin");
}

/** How many messages wait in the channels that still live. */
export function unreadTotal(state: ChannelsState): number {
  let total = 0;
  for (const channel of state.values()) {
    if (channel.archivedAt === null) total += channel.muted ? channel.mentionCount : unreadCount(channel);
  }
  return total;
}

/** What the tab is called: "(3) #general · Harbour Lane". */
export function tabTitle(state: ChannelsState, channelTitle: string | undefined, workspaceName: string): string {
  const unread = unreadTotal(state);
  return `${unread > 0 ? `(${unread}) ` : ""}${channelTitle ?? "Not found"} · ${workspaceName}`;
}
