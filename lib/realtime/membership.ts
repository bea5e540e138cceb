import { type ParleySocket, workspaceNamespace } from "@/lib/realtime/io";
import { accountRoom, channelRoom } from "@/lib/realtime/rooms";
import { singleton } from "@/lib/shared/singleton";

/** Removals under way, as pairs of channel and account, and how many have ended. */
function removals(): { pending: Set<string>; ended: number } {
  return singleton("realtime.removals", () => ({ pending: new Set<string>(), ended: 0 }));
}

const pairOf = (channelId: string, accountId: string) => `${channelId} ${accountId}`;

/**
 * Puts a new connection into the rooms of the channels that its account may read.
 *
 * A removal could commit between the reading of the memberships and the joining: if one ended meanwhile they are
 * read again, and a channel whose removal is still pending is left out.
 */
export async function enterRooms(socket: ParleySocket, readChannelIds: () => Promise<string[]>): Promise<void> {
  const { account } = socket.data.viewer;
  let channelIds: string[];
  let ended: number;
  do {
    ended = removals().ended;
    channelIds = await readChannelIds();
  } while (removals().ended !== ended);
  const { pending } = removals();
  socket.join(channelIds.filter((channelId) => !pending.has(pairOf(channelId, account.id))).map(channelRoom));
}

/** Puts all connections of an account into a channel's room. Call it after the membership is committed. */
export function admit(slug: string, channelId: string, accountId: string): void {
  workspaceNamespace(slug)?.in(accountRoom(accountId)).socketsJoin(channelRoom(channelId));
}

/**
 * Takes all connections of an account out of a channel's room, then commits the removal: nothing with a version
 * above the removal's can reach the removed. If the commit fails they are put back.
 */
export async function expel<T>(
  slug: string,
  channelId: string,
  accountId: string,
  commit: () => Promise<T>,
): Promise<T> {
  const pair = pairOf(channelId, accountId);
  const state = removals();
  const connections = workspaceNamespace(slug)?.in(accountRoom(accountId));
  state.pending.add(pair);
  connections?.socketsLeave(channelRoom(channelId));
  try {
    return await commit();
  } catch (error) {
    connections?.socketsJoin(channelRoom(channelId));
    throw error;
  } finally {
    state.pending.delete(pair);
    state.ended += 1;
  }
}
