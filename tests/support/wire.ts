import { connect as connectTcp } from "node:net";
import WebSocket from "ws";
import type { Parley } from "@/tests/support/server";

/**
 * Everything that comes back for bytes as they are, read as Latin-1, once the server hangs up or is quiet for 3 s. A
 * server that has said its word and hangs up on bytes still under way resets the connection: that is hanging up too.
 */
export function rawHttp(parley: Parley, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connectTcp(Number(new URL(parley.origin).port), "127.0.0.1", () => socket.write(bytes, "latin1"));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET" || error.code === "EPIPE") resolve(answer);
      else reject(error);
    });
    socket.on("close", () => resolve(answer));
    socket.setTimeout(3_000, () => socket.destroy());
  });
}

/** A WebSocket to Socket.IO without a client's manners. */
export async function openRaw(parley: Parley, query = "EIO=4&transport=websocket"): Promise<WebSocket> {
  const socket = new WebSocket(`${parley.origin.replace("http", "ws")}/socket.io/?${query}`);
  socket.on("error", () => undefined);
  await new Promise((open, failed) => socket.once("open", open).once("close", failed));
  return socket;
}

/** The same, in a workspace by token. Resolves when `hello` was said. */
export async function openRawIn(parley: Parley, slug: string, token: string): Promise<WebSocket> {
  const socket = await openRaw(parley);
  const welcomed = new Promise<void>((welcome) => {
    socket.on("message", (data) => {
      if (String(data).includes('["hello"')) welcome();
    });
  });
  socket.send(`40/w/${slug},${JSON.stringify({ token })}`);
  await welcomed;
  return socket;
}

/** Resolves when the server has taken in everything that was sent so far, or has hung up. */
export async function takenIn(socket: WebSocket): Promise<void> {
  await new Promise<void>((done) => {
    if (socket.readyState !== WebSocket.OPEN) return done();
    // WebSocket's own ping is answered in its turn.
    socket.once("pong", () => done());
    socket.once("close", () => done());
    socket.ping();
  });
}

/** Resolves when the connection is over, whatever ended it. */
export async function hungUp(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  await new Promise<void>((done) => socket.once("close", () => done()));
}
