import type { ChannelView } from "@/lib/channels/channel.events";

type Titled = Pick<ChannelView, "kind" | "name" | "memberIds">;

/** So many names are written out. */
const MOST_NAMES = 4;

/** What a channel is called on the screen: its name, or the other people of a direct one. */
export function channelTitle(
  { kind, name, memberIds }: Titled,
  viewerId: string,
  nameOf: (accountId: string) => string | undefined,
): string {
  if (kind !== "direct") return name;
  const others = (memberIds ?? []).filter((id) => id !== viewerId);
  if (others.length === 0) return `${nameOf(viewerId) ?? "You"} (notes)`;
  const names = others.map((id) => nameOf(id) ?? "Somebody");
  if (names.length <= MOST_NAMES) return names.join(", ");
  return `${names.slice(0, MOST_NAMES - 1).join(", ")} and ${names.length - MOST_NAMES + 1} more`;
}

/** The same with the sign that stands before a channel's name in a text. */
export function signedTitle(channel: Titled, viewerId: string, nameOf: (id: string) => string | undefined): string {
  return `${channel.kind === "direct" ? "" : "#"}${channelTitle(channel, viewerId, nameOf)}`;
}
