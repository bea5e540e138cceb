import type { ChannelView } from "@/lib/channels/channel.events";

type Named = Pick<ChannelView, "id" | "name">;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Where a channel is: under its name, or under its id when a URL could not carry the name. */
export function channelPath(slug: string, { id, name }: Named): string {
  const part = /^\.{1,2}$/.test(name) || UUID.test(name) || name === "" ? id : encodeURIComponent(name);
  return `/${slug}/${part}`;
}

/** The channel that a part of a path names (still encoded, as the address bar has it): by id, or by name in any case. */
export function channelAt<C extends Named>(part: string, channels: Iterable<C>): C | undefined {
  let sought = part;
  try {
    sought = decodeURIComponent(part);
  } catch {
    // A part that is no valid encoding is taken as it stands.
  }
  const folded = fold(sought);
  let byName: C | undefined;
  for (const channel of channels) {
    if (channel.id === folded) return channel;
    // A direct channel has no name.
    if (channel.name === "") continue;
    if (channel.name === sought || (byName === undefined && fold(channel.name) === folded)) byName = channel;
  }
  return byName;
}

function fold(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
