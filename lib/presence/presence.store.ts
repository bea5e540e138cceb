import type { PresenceChange, PresenceStatus } from "@/lib/presence/presence.events";

/** Who is there and how, as far as the server said. Whoever is not in it is offline. */
export type PresenceState = ReadonlyMap<string, PresenceStatus>;

export type PresenceFact =
  | { type: "changed"; changes: readonly PresenceChange[] }
  /** The line is lost, and with it what was known: the next connection is told anew. */
  | { type: "lost" };

export const NOBODY: PresenceState = new Map();

export function presenceReducer(state: PresenceState, fact: PresenceFact): PresenceState {
  if (fact.type === "lost") return state.size === 0 ? state : NOBODY;
  const next = new Map(state);
  for (const { accountId, status } of fact.changes) {
    if (status === "offline") next.delete(accountId);
    else next.set(accountId, status);
  }
  return next;
}
