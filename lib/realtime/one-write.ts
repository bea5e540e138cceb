import type { Socket } from "node:net";

/**
 * Lets what is written to a connection in this turn leave as one write to the system instead of one for each packet:
 * the write is what an acknowledgement costs most.
 */
export function gatherWrites(socket: Pick<Socket, "cork" | "uncork">): void {
  socket.cork();
  process.nextTick(() => socket.uncork());
}
