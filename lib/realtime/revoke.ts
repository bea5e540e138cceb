import { io } from "@/lib/realtime/io";
import type { Credential } from "@/lib/realtime/parcel";
import { credentialRoom } from "@/lib/realtime/rooms";
import { singleton } from "@/lib/shared/singleton";

function revocations(): { soFar: number } {
  return singleton("realtime.revocations", () => ({ soFar: 0 }));
}

/**
 * Counts the revocations that this process knows of. A connection whose credentials were looked up before one and which
 * is welcomed after it was not there to be cut: it must be looked up again.
 */
export function revocationsSoFar(): number {
  return revocations().soFar;
}

/** Cuts every connection that came in by a session, on every node. It may not come back: the next handshake is `unauthenticated`. */
export function disconnectSession(id: string): void {
  revoke({ session: id });
}

/** Cuts every connection that came in by a personal access token, on every node. */
export function disconnectToken(id: string): void {
  revoke({ token: id });
}

function revoke(credential: Credential): void {
  io().relay([{ to: "credential", revoked: credential }]);
  cutConnections(credential);
}

/** Cuts this node's connections of a credential that has ended. */
export function cutConnections(credential: Credential): void {
  revocations().soFar += 1;
  for (const namespace of io().server?._nsps.values() ?? []) {
    namespace.local.in(credentialRoom(credential)).disconnectSockets(true);
  }
}
