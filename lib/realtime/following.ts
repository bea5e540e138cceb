import type { ChannelChanges } from "@/lib/messages/message.events";
import { fanOutMetrics } from "@/lib/metrics/fan-out";
import { emitToChannel } from "@/lib/realtime/emit";
import { noteRemoval } from "@/lib/realtime/entering";
import { noteHead } from "@/lib/realtime/heads";
import { io, type ParleySocket, workspaceNamespace } from "@/lib/realtime/io";
import type { Missed } from "@/lib/realtime/missed";
import { inOrder } from "@/lib/realtime/position";
import { accountRoom, channelOf, channelRoom } from "@/lib/realtime/rooms";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

/**
 * A node follows the channels of its own sockets as a client follows its own: by a cursor. Changes come from this
 * node's commits and from other nodes, in any order and with losses; they go out in version order, each once, and what
 * is missing is read from the log.
 *
 * Because a removal is a change like any other, the removed account's sockets leave the room exactly between what was
 * said before it and what is said after it, on every node, however late the node is.
 */
interface Place {
  slug: string;
  version: number;
  /** What came ahead of a gap. */
  held: ChannelChanges[];
  closing: Promise<void> | null;
}

/** Between nodes, changes overtake each other by milliseconds: this long a gap may close by itself. */
const REORDER_WINDOW_MS = 100;
const RETRY_MS = 500;
/** More than this ahead of a gap is not kept: it stands in the log. */
const MOST_HELD = 200;

function places(): Map<string, Place> {
  return singleton("realtime.places", () => new Map<string, Place>());
}

/** Begins to follow a channel at a version, unless it is followed already. */
function follow(slug: string, channelId: string, version: number): void {
  if (!places().has(channelId)) places().set(channelId, { slug, version, held: [], closing: null });
}

/** The channels followed, and how far each was told. */
export function followedVersions(): Map<string, number> {
  return new Map([...places()].map(([channelId, { version }]) => [channelId, version]));
}

/** Tells the node's sockets as much of `changes` as is new, in its turn. */
export function takeChanges(slug: string, changes: ChannelChanges): void {
  for (const { accountId, role } of changes.members ?? []) if (role === null) noteRemoval(accountId);
  const place = places().get(changes.channelId);
  if (place === undefined) {
    letNewcomersIn(slug, changes);
    return;
  }
  if (place.held.length < MOST_HELD) place.held.push(changes);
  takeHeld(place);
  if (place.held.length > 0) place.closing ??= closeGap(changes.channelId, place);
}

/** Brings a followed channel up to a version that is known to be committed. */
export async function catchUpTo(channelId: string, version: number): Promise<void> {
  const place = places().get(channelId);
  if (place === undefined || place.version >= version) return;
  await readMissed(channelId, place);
}

/** Puts a connection into a channel's room. The node follows the channel from `version` on, or is at it already. */
export function enterRoom(socket: ParleySocket, channelId: string, version: number): void {
  follow(socket.data.workspace.slug, channelId, version);
  forgetEmptyRooms(socket.nsp.adapter);
  socket.join(channelRoom(channelId));
}

/** Nobody of this node reads a channel any more: it is followed no longer. */
function forgetEmptyRooms(adapter: ParleySocket["nsp"]["adapter"]): void {
  const watched = singleton("realtime.watchedAdapters", () => new WeakSet<object>());
  if (watched.has(adapter)) return;
  watched.add(adapter);
  adapter.on("delete-room", (room: string) => {
    const channelId = channelOf(room);
    if (channelId !== null) places().delete(channelId);
  });
}

function tell(place: Place, changes: ChannelChanges): void {
  const { channelId, to, members = [] } = changes;
  place.version = to;
  for (const { accountId, role } of members) if (role === null) letLeave(place.slug, channelId, accountId);
  emitToChannel(place.slug, channelId, { event: "channel:changes", fact: changes });
  fanOutMetrics().eventMessages.observe(changes.messages.length);
  noteHead(place.slug, channelId, to);
  letNewcomersIn(place.slug, changes);
}

/** Who comes is told of the channel by `channel:joined`, and of what is said in it from here on. */
function letNewcomersIn(slug: string, { channelId, to, members = [] }: ChannelChanges): void {
  for (const { accountId, role } of members) {
    if (role === null) continue;
    for (const socket of socketsOf(slug, accountId)) enterRoom(socket, channelId, to);
  }
}

function letLeave(slug: string, channelId: string, accountId: string): void {
  for (const socket of socketsOf(slug, accountId)) {
    if (!socket.rooms.has(channelRoom(channelId))) continue;
    socket.leave(channelRoom(channelId));
    socket.emit("channel:left", { channelId });
  }
}

/** The account's connections to this node. */
function socketsOf(slug: string, accountId: string): ParleySocket[] {
  const namespace = workspaceNamespace(slug);
  const ids = namespace?.adapter.rooms.get(accountRoom(accountId)) ?? [];
  return [...ids].flatMap((id) => namespace?.sockets.get(id) ?? []);
}

function takeHeld(place: Place): void {
  const { taken, left } = inOrder(place.version, place.held);
  place.held = left;
  for (const changes of taken) tell(place, changes);
}

/** Waits until the gap closes by itself, or reads what is missing. A log that cannot be read is asked again. */
async function closeGap(channelId: string, place: Place): Promise<void> {
  let pause = io().clustered ? REORDER_WINDOW_MS : 0;
  while (place.held.length > 0 && places().get(channelId) === place) {
    const { version } = place;
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    if (place.held.length === 0) break;
    // What was missing came meanwhile. Under load another gap stands open at most moments, and has its own time to close.
    if (pause > 0 && place.version > version) continue;
    try {
      await readMissed(channelId, place);
      pause = 0;
    } catch (error) {
      log().warn({ err: error, channelId }, "a channel's missing changes could not be read; trying again");
      pause = RETRY_MS;
    }
  }
  place.closing = null;
}

async function readMissed(channelId: string, place: Place): Promise<void> {
  const missed = await io().readMissed(channelId, place.version);
  if (missed === null || places().get(channelId) !== place) {
    place.held = [];
    return;
  }
  if (missed.runs === null) skipAhead(channelId, place, missed);
  else place.held.push(...missed.runs);
  takeHeld(place);
}

/** Too much was missed to be told: the rooms are put right, and the readers are told to ask. */
function skipAhead(channelId: string, place: Place, { version, members }: Missed): void {
  if (version <= place.version) return;
  place.version = version;
  for (const { accountId, role } of members) {
    if (role === null) letLeave(place.slug, channelId, accountId);
    else for (const socket of socketsOf(place.slug, accountId)) enterRoom(socket, channelId, version);
  }
  emitToChannel(place.slug, channelId, { event: "channel:heads", fact: { versions: { [channelId]: version } } });
}
