import { io } from "@/lib/realtime/io";
import { credentialRoom } from "@/lib/realtime/rooms";
import { singleton } from "@/lib/shared/singleton";

function revocations(): { soFar: number } {
  return singleton("realtime.revocations", () => ({ soFar: 0 }));
}

/**
 * Counts the revocations of this process. A connection whose credentials were looked up before one and which is
 * welcomed after it was not there to be cut: it must be looked up again.
 */
export function revocationsSoFar(): number {
  return revocations().soFar;
}

/** Cuts every connection that came in by a session. It may not come back: the next handshake is `unauthenticated`. */
export function disconnectSession(id: string): void {
  disconnectCredential({ session: id });
}

/** Cuts every connection that came in by a personal access token. */
export function disconnectToken(id: string): void {
  disconnectCredential({ token: id });
}

function disconnectCredential(via: { session: string } | { token: string }): void {
  revocations().soFar += 1;
  const { server } = io();
  if (server === null) return;
  for (const namespace of server._nsps.values()) namespace.in(credentialRoom(via)).disconnectSockets(true);
}

/** The credentials behind all connections of this process, for the sweep that looks them up again. */
export function connectedCredentials(): { sessions: Set<string>; tokens: Set<string> } {
  const sessions = new Set<string>();
  const tokens = new Set<string>();
  for (const namespace of io().server?._nsps.values() ?? []) {
    for (const socket of namespace.sockets.values()) {
      const via = socket.data.viewer?.via;
      if (via === undefined) continue;
      if ("session" in via) sessions.add(via.session);
      else tokens.add(via.token);
    }
  }
  return { sessions, tokens };
}
