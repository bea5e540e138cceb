import { io } from "@/lib/realtime/io";

const SPREAD_MS = 3_000;

/** Tells every connection to come back in a moment, each in another, so that they do not all return at once. */
export function sayClosing(): void {
  for (const namespace of io().server?._nsps.values() ?? []) {
    for (const socket of namespace.sockets.values()) {
      socket.emit("server:closing", { reconnectInMs: 500 + Math.floor(Math.random() * SPREAD_MS) });
    }
  }
}
