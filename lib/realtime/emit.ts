import type { BroadcastOperator } from "socket.io";
import type { ServerToClient } from "@/lib/events";
import { type SocketData, workspaceNamespace } from "@/lib/realtime/io";
import type { Telling } from "@/lib/realtime/parcel";
import { accountRoom, channelRoom } from "@/lib/realtime/rooms";

type Target = BroadcastOperator<ServerToClient, SocketData>;

/**
 * The only place that emits to a room. What is told goes to this node's own sockets, and has left for them when the
 * call returns; the other nodes tell theirs.
 */
export function emitToChannel(slug: string, channelId: string, telling: Telling): void {
  emit(workspaceNamespace(slug)?.local.to(channelRoom(channelId)), telling);
}

export function emitToAccount(slug: string, accountId: string, telling: Telling, exceptSocketId?: string): void {
  const target = workspaceNamespace(slug)?.local.to(accountRoom(accountId));
  emit(exceptSocketId === undefined ? target : target?.except(exceptSocketId), telling);
}

export function emitToWorkspace(slug: string, telling: Telling): void {
  emit(workspaceNamespace(slug)?.local, telling);
}

/**
 * Tells the clients that show a channel now, but for those of one account. What a client's line cannot take at once is
 * dropped.
 */
export function emitToOnlookers(slug: string, channelId: string, exceptAccountId: string, telling: Telling): void {
  const namespace = workspaceNamespace(slug);
  for (const id of namespace?.adapter.rooms.get(channelRoom(channelId)) ?? []) {
    const socket = namespace?.sockets.get(id);
    if (socket?.data.open?.has(channelId) !== true || socket.data.viewer.account.id === exceptAccountId) continue;
    socket.volatile.emit(telling.event, ...([telling.fact] as Parameters<ServerToClient[typeof telling.event]>));
  }
}

function emit(target: Target | undefined, { event, fact }: Telling): void {
  target?.emit(event, ...([fact] as Parameters<ServerToClient[typeof event]>));
}
