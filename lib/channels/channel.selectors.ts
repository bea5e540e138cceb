import type { ChannelView } from "@/lib/channels/channel.events";
import type { ChannelsState } from "@/lib/channels/channel.store";

// One collation on the server and in every browser, or the list would be put in another order at hydration.
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function byName(one: ChannelView, other: ChannelView): number {
  return collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

/** How many messages of a channel one has not read; 0 where one is not a member. */
export function unreadCount({ lastSeq, readSeq }: Pick<ChannelView, "lastSeq" | "readSeq">): number {
  return readSeq === null ? 0 : Math.max(0, lastSeq - readSeq);
}

/** One's own channels by name, the archived ones apart. */
export function ownChannels(state: ChannelsState): { open: ChannelView[]; archived: ChannelView[] } {
  const own = [...state.values()]
    .filter((channel) => channel.readSeq !== null && channel.kind !== "direct")
    .sort(byName);
  return {
    open: own.filter((channel) => channel.archivedAt === null),
    archived: own.filter((channel) => channel.archivedAt !== null),
  };
}

/** The public channels whose name or topic contains the words sought, by name, archived ones last. */
export function publicChannels(state: ChannelsState, sought: string): ChannelView[] {
  const needle = sought.normalize("NFKC").trim().toLowerCase();
  return [...state.values()]
    .filter(({ kind, name, topic }) => kind === "public" && `${name}\n${topic}`.toLowerCase().includes(needle))
    .sort((one, other) => Number(one.archivedAt !== null) - Number(other.archivedAt !== null) || byName(one, other));
}

/** How many messages wait in the channels that still live. */
export function unreadTotal(state: ChannelsState): number {
  let total = 0;
  for (const channel of state.values()) if (channel.archivedAt === null) total += unreadCount(channel);
  return total;
}

/** What the tab is called: "(3) #general · Harbour Lane". */
export function tabTitle(state: ChannelsState, channel: ChannelView | undefined, workspaceName: string): string {
  const unread = unreadTotal(state);
  return `${unread > 0 ? `(${unread}) ` : ""}${channel ? `#${channel.name}` : "Not found"} · ${workspaceName}`;
}
