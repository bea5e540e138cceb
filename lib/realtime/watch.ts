import type { ChannelView } from "@/lib/channels/channel.events";
import { readUndisturbed } from "@/lib/realtime/entering";
import { catchUpTo, enterRoom, followedVersions } from "@/lib/realtime/following";
import { io, type ParleySocket } from "@/lib/realtime/io";
import { channelRoom } from "@/lib/realtime/rooms";
import { log } from "@/lib/shared/log";

/** What the watch asks the database. */
export interface WatchQueries {
  readVersions: (channelIds: string[]) => Promise<Map<string, number>>;
  /** Who came into a channel lately, of these accounts. */
  readArrivals: (accountIds: string[]) => Promise<{ channelId: string; accountId: string }[]>;
  /** A channel as one of its members sees it; null where the account is none. */
  readOwnChannel: (accountId: string, channelId: string) => Promise<ChannelView | null>;
}

const LOOK_EVERY_MS = 900;

/**
 * Finds in the database what another node committed and this one was not told of, because the way between them was
 * broken: Redis is a hint, Postgres is the log. What is missing at two looks in a row is not merely on its way.
 * @returns ends the watch
 */
export function watchDatabase(queries: WatchQueries): () => void {
  let behind = new Map<string, number>();
  let outside = new Set<string>();
  let looking = false;

  async function look(): Promise<void> {
    const told = followedVersions();
    const committed = await queries.readVersions([...told.keys()]);
    const lagging = [...told].filter(([channelId, version]) => (committed.get(channelId) ?? 0) > version);
    for (const [channelId, version] of lagging) {
      if (behind.get(channelId) === version) await catchUpTo(channelId, committed.get(channelId) ?? 0);
    }
    behind = new Map(lagging);

    const connected = socketsByAccount();
    const arrivals = await queries.readArrivals([...connected.keys()]);
    const missing = arrivals.flatMap(({ channelId, accountId }) =>
      (connected.get(accountId) ?? [])
        .filter((socket) => !socket.rooms.has(channelRoom(channelId)))
        .map((socket) => ({ channelId, socket, name: `${channelId} ${socket.id}` })),
    );
    for (const { channelId, socket, name } of missing) if (outside.has(name)) await letIn(socket, channelId);
    outside = new Set(missing.map(({ name }) => name));
  }

  async function letIn(socket: ParleySocket, channelId: string): Promise<void> {
    const { id } = socket.data.viewer.account;
    const channel = await readUndisturbed(id, () => queries.readOwnChannel(id, channelId));
    if (channel === null || !socket.connected || channel.workspaceId !== socket.data.workspace.id) return;
    enterRoom(socket, channelId, channel.version);
    socket.emit("channel:joined", { channel });
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => log().warn({ err: error }, "the log could not be watched; looking again shortly"))
      .finally(() => {
        looking = false;
      });
  }, LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

function socketsByAccount(): Map<string, ParleySocket[]> {
  const found = new Map<string, ParleySocket[]>();
  for (const namespace of io().server?._nsps.values() ?? []) {
    for (const socket of namespace.sockets.values()) {
      const { id } = socket.data.viewer.account;
      found.set(id, [...(found.get(id) ?? []), socket]);
    }
  }
  return found;
}
