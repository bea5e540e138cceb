import type { ChannelView } from "@/lib/channels/channel.events";

type Titled = Pick<ChannelView, "kind" | "name" | "memberIds">;

/** What a channel is called on the screen: its name, or the other people of a direct one. */
export function channelTitle(
  { kind, name, memberIds }: Titled,
  viewerId: string,
  nameOf: (accountId: string) => string | undefined,
): string {
  if (kind !== "direct") return name;
  const others = (memberIds ?? []).filter((id) => id !== viewerId);
  if (others.length === 0) return `${nameOf(viewerId) ?? "You"} (notes)`;
  return others.map((id) => nameOf(id) ?? "Somebody").join(", ");
}

/** The same with the sign that stands before a channel's name in a text. */
export function signedTitle(channel: Titled, viewerId: string, nameOf: (id: string) => string | undefined): string {
  return `${channel.kind === "direct" ? "" : "#"}${channelTitle(channel, viewerId, nameOf)}`;
}
