import type { ServerToClient } from "@/lib/events";
import type { ChannelChanges } from "@/lib/messages/message.events";
import { deliver } from "@/lib/realtime/deliver";
import { emitToOnlookers, emitToWorkspace } from "@/lib/realtime/emit";
import { io } from "@/lib/realtime/io";
import { merge } from "@/lib/realtime/merge";
import type { Parcel, Telling } from "@/lib/realtime/parcel";
import { singleton } from "@/lib/shared/singleton";

/**
 * Everything published waits in one FIFO until the event loop's next turn: acknowledgements of the same commit go
 * out first, consecutive changes of one channel leave as one event, and the order of publishing is the order of
 * sending. The node's own sockets are served at once, whatever becomes of the way to the other nodes.
 */
function outgoing(): { parcels: Parcel[]; scheduled: boolean } {
  return singleton("realtime.outgoing", () => ({ parcels: [], scheduled: false }));
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
    for (const one of parcels) deliver(one);
    io().relay(parcels);
  });
}

/** Tells a channel's readers what changed. Call it after the commit, inside the write lane. */
export function publishChanges(slug: string, changes: ChannelChanges): void {
  enqueue({ to: "channel", slug, changes });
}

/** Tells all connections of one account, but for the one that already knows. */
export function publishToAccount<E extends keyof ServerToClient>(
  slug: string,
  accountId: string,
  event: E,
  fact: Parameters<ServerToClient[E]>[0],
  exceptSocketId?: string,
): void {
  const telling = { event, fact } as Telling;
  enqueue({ to: "account", slug, accountId, telling, ...(exceptSocketId === undefined ? {} : { exceptSocketId }) });
}

/** Tells everybody who is connected to a workspace. */
export function publishToWorkspace<E extends keyof ServerToClient>(
  slug: string,
  event: E,
  fact: Parameters<ServerToClient[E]>[0],
): void {
  enqueue({ to: "workspace", slug, telling: { event, fact } as Telling });
}

/** Tells those who are connected to this node; every other node comes to the same by itself. */
export function publishToOwnSockets<E extends keyof ServerToClient>(
  slug: string,
  event: E,
  fact: Parameters<ServerToClient[E]>[0],
): void {
  emitToWorkspace(slug, { event, fact } as Telling);
}

/** Tells those of this node's sockets whose client shows a channel now, but for those of one account; at best. */
export function publishToOnlookers<E extends keyof ServerToClient>(
  slug: string,
  channelId: string,
  exceptAccountId: string,
  event: E,
  fact: Parameters<ServerToClient[E]>[0],
): void {
  emitToOnlookers(slug, channelId, exceptAccountId, { event, fact } as Telling);
}
