import type { ServerToClient } from "@/lib/events";
import type { ChannelChanges } from "@/lib/messages/message.events";
import { fanOutMetrics } from "@/lib/metrics/fan-out";
import { workspaceNamespace } from "@/lib/realtime/io";
import { accountRoom, channelRoom } from "@/lib/realtime/rooms";
import { singleton } from "@/lib/shared/singleton";

/**
 * The only place that emits to a room.
 *
 * Everything published waits in one FIFO until the event loop's next turn: acknowledgements of the same commit go
 * out first, consecutive changes of one channel leave as one event, and the order of publishing is the order of sending.
 */
type Parcel = { slug: string; changes: ChannelChanges } | { send: () => void };

interface Outgoing {
  parcels: Parcel[];
  scheduled: boolean;
  /** Channels that changed since the last beat of `channel:heads`, by workspace slug. */
  heads: Map<string, Map<string, number>>;
}

function outgoing(): Outgoing {
  return singleton<Outgoing>("realtime.outgoing", () => ({ parcels: [], scheduled: false, heads: new Map() }));
}

function enqueue(parcel: Parcel): void {
  const state = outgoing();
  state.parcels.push(parcel);
  if (state.scheduled) return;
  state.scheduled = true;
  setImmediate(() => {
    state.scheduled = false;
    const parcels = merge(state.parcels);
    state.parcels = [];
    for (const next of parcels) {
      if ("send" in next) next.send();
      else emitChanges(next.slug, next.changes);
    }
  });
}

/** Joins neighbouring changes of one channel whose versions touch. Order between the rest is kept. */
function merge(parcels: Parcel[]): Parcel[] {
  const merged: Parcel[] = [];
  const open = new Map<string, ChannelChanges>();
  for (const parcel of parcels) {
    if ("send" in parcel) {
      open.clear();
      merged.push(parcel);
      continue;
    }
    const { changes } = parcel;
    const before = open.get(changes.channelId);
    if (before !== undefined && before.to === changes.from) {
      before.to = changes.to;
      before.messages.push(...changes.messages);
      if (changes.members !== undefined) before.members = [...(before.members ?? []), ...changes.members];
      continue;
    }
    const own = { ...changes, messages: [...changes.messages] };
    open.set(changes.channelId, own);
    merged.push({ slug: parcel.slug, changes: own });
  }
  return merged;
}

function emitChanges(slug: string, changes: ChannelChanges): void {
  workspaceNamespace(slug)?.to(channelRoom(changes.channelId)).emit("channel:changes", changes);
  fanOutMetrics().eventMessages.observe(changes.messages.length);
  const { heads } = outgoing();
  const versions = heads.get(slug) ?? new Map<string, number>();
  heads.set(slug, versions.set(changes.channelId, changes.to));
}

/** Tells a channel's readers what changed. Call it after the commit, inside the write lane. */
export function publishChanges(slug: string, changes: ChannelChanges): void {
  enqueue({ slug, changes });
}

/** Tells all connections of one account, but for the one that already knows. */
export function publishToAccount<E extends keyof ServerToClient>(
  slug: string,
  accountId: string,
  event: E,
  fact: Parameters<ServerToClient[E]>[0],
  exceptSocketId?: string,
): void {
  enqueue({
    send: () => {
      const room = workspaceNamespace(slug)?.to(accountRoom(accountId));
      const target = exceptSocketId === undefined ? room : room?.except(exceptSocketId);
      target?.emit(event, ...([fact] as Parameters<ServerToClient[E]>));
    },
  });
}

/** Tells everybody who is connected to a workspace. */
export function publishToWorkspace<E extends keyof ServerToClient>(
  slug: string,
  event: E,
  fact: Parameters<ServerToClient[E]>[0],
): void {
  enqueue({ send: () => workspaceNamespace(slug)?.emit(event, ...([fact] as Parameters<ServerToClient[E]>)) });
}

/**
 * Tells every socket the newest version of those of its channels that changed since the last beat, so that the
 * loss of the last event of a burst is noticed. One event a socket, and none where nothing changed.
 */
export function publishHeads(): void {
  const { heads } = outgoing();
  for (const [slug, versions] of heads) {
    for (const socket of workspaceNamespace(slug)?.sockets.values() ?? []) {
      const seen: Record<string, number> = {};
      for (const [channelId, version] of versions) {
        if (socket.rooms.has(channelRoom(channelId))) seen[channelId] = version;
      }
      if (Object.keys(seen).length > 0) socket.emit("channel:heads", { versions: seen });
    }
  }
  heads.clear();
}
