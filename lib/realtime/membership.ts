import { readUndisturbed } from "@/lib/realtime/entering";
import { catchUpTo, enterRoom } from "@/lib/realtime/following";
import type { ParleySocket } from "@/lib/realtime/io";

/**
 * Puts a connection into the rooms of the channels that its account may read. `readChannels` gives their versions as of
 * the same moment: a node that was told less is brought up to there first, so that nothing from before one came
 * arrives as news.
 */
export async function enterRooms(
  socket: ParleySocket,
  readChannels: () => Promise<{ id: string; version: number }[]>,
): Promise<void> {
  const channels = await readUndisturbed(socket.data.viewer.account.id, async () => {
    const read = await readChannels();
    await Promise.all(read.map(({ id, version }) => catchUpTo(id, version)));
    return read;
  });
  // Whoever hung up meanwhile is in no room any more, and must not be put into one.
  if (!socket.connected) return;
  for (const { id, version } of channels) enterRoom(socket, id, version);
}
