import { io } from "socket.io-client";
import type { Answer, ClientToServer, ServerToClient } from "@/lib/events";

export type Request = keyof ClientToServer;
export type Payload<E extends Request> = Parameters<ClientToServer[E]>[0];
type Acknowledgement<E extends Request> = Parameters<Parameters<ClientToServer[E]>[1]>[0];
/** What a request is answered with when it succeeds, without the `ok`. */
export type Success<E extends Request> = Omit<Extract<Acknowledgement<E>, { ok: true }>, "ok">;

/** One listener for everything that a socket can tell. */
export type Listeners = ServerToClient & {
  disconnect: () => void;
  connect_error: (error: Error & { data?: unknown }) => void;
};

/** The part of a Socket.IO socket that the browser's engine uses; tests put their own in its place. */
export interface Wire {
  readonly connected: boolean;
  connect(): unknown;
  disconnect(): unknown;
  timeout(ms: number): {
    emit<E extends Request>(
      event: E,
      payload: Payload<E>,
      acknowledge: (error: Error | null, answer: Answer<Success<E>>) => void,
    ): unknown;
  };
}

/** A try that hangs on a network that swallows everything is given up, so that the next one can succeed. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A closed Socket.IO socket to a namespace: WebSocket only, authenticated by the session cookie.
 * It never reconnects by itself: the connection decides when, because a server that closes says when to come back.
 */
export function openWire(url: string, listeners: Listeners): Wire {
  const socket = io(url, {
    transports: ["websocket"],
    withCredentials: true,
    autoConnect: false,
    reconnection: false,
    timeout: CONNECT_TIMEOUT_MS,
  });
  for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  return socket;
}
