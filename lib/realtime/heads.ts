import { workspaceNamespace } from "@/lib/realtime/io";
import { channelRoom } from "@/lib/realtime/rooms";
import { singleton } from "@/lib/shared/singleton";

/** Channels of which this node told a change since the last beat of `channel:heads`: their versions, by workspace slug. */
function told(): Map<string, Map<string, number>> {
  return singleton("realtime.heads", () => new Map<string, Map<string, number>>());
}

/** Notes how far a channel's readers were told. */
export function noteHead(slug: string, channelId: string, version: number): void {
  const versions = told().get(slug) ?? new Map<string, number>();
  told().set(slug, versions.set(channelId, version));
}

/**
 * Tells every socket the newest version of those of its channels that changed since the last beat, so that the
 * loss of the last event of a burst is noticed. One event a socket, and none where nothing changed.
 */
export function publishHeads(): void {
  for (const [slug, versions] of told()) {
    for (const socket of workspaceNamespace(slug)?.sockets.values() ?? []) {
      const seen: Record<string, number> = {};
      for (const [channelId, version] of versions) {
        if (socket.rooms.has(channelRoom(channelId))) seen[channelId] = version;
      }
      if (Object.keys(seen).length > 0) socket.emit("channel:heads", { versions: seen });
    }
  }
  told().clear();
}
