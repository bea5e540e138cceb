import { io } from "@/lib/realtime/io";
import { cutConnections } from "@/lib/realtime/revoke";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

interface Lookups {
  liveSessions: (ids: string[]) => Promise<Set<string>>;
  liveTokens: (ids: string[]) => Promise<Set<string>>;
}

/** Where another node may have revoked what this one cannot look up, connections are trusted no longer than this. */
const LEASE_MS = 15_000;

function lastSweep(): { at: number } {
  return singleton("realtime.lastSweep", () => ({ at: performance.now() }));
}

/**
 * Looks up the credentials of all of this node's connections again. A revocation cuts its connections by itself; this
 * finds what it cannot: expiry, a deactivated account, another node's doing while the way to it was broken.
 */
export async function sweepCredentials({ liveSessions, liveTokens }: Lookups): Promise<void> {
  const startedAt = performance.now();
  try {
    const { sessions, tokens } = connectedCredentials();
    const [aliveSessions, aliveTokens] = await Promise.all([liveSessions([...sessions]), liveTokens([...tokens])]);
    for (const session of sessions) if (!aliveSessions.has(session)) cutConnections({ session });
    for (const token of tokens) if (!aliveTokens.has(token)) cutConnections({ token });
    lastSweep().at = startedAt;
  } catch (error) {
    log().warn({ err: error }, "connections could not be checked against their sessions; trying again shortly");
    if (io().clustered && startedAt - lastSweep().at > LEASE_MS) cutAll();
  }
}

/** Of one node alone nothing can be revoked that it does not know of; of several, an unchecked connection may be void. */
function cutAll(): void {
  log().error("connections were cut: their sessions could not be checked for too long");
  for (const namespace of io().server?._nsps.values() ?? []) namespace.local.disconnectSockets(true);
}

function connectedCredentials(): { sessions: Set<string>; tokens: Set<string> } {
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
