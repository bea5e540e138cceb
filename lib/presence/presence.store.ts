import type { PresenceChange } from "@/lib/presence/presence.events";

/** The accounts that are online, as far as the server said. */
export type PresenceState = ReadonlySet<string>;

export type PresenceFact =
  | { type: "changed"; changes: readonly PresenceChange[] }
  /** The line is lost, and with it what was known: the next connection is told anew. */
  | { type: "lost" };

export const NOBODY: PresenceState = new Set();

export function presenceReducer(state: PresenceState, fact: PresenceFact): PresenceState {
  if (fact.type === "lost") return state.size === 0 ? state : NOBODY;
  const online = new Set(state);
  for (const { accountId, status } of fact.changes) {
    if (status === "online") online.add(accountId);
    else online.delete(accountId);
  }
  return online;
}
