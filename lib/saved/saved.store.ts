import type { SavedChange, SavedView } from "@/lib/saved/saved.events";

/** What one has saved, as far as it is known: null until it was asked for. */
export type SavedState = ReadonlySet<string> | null;

export type SavedFact = { type: "known"; ids: readonly string[] } | { type: "change"; change: SavedChange };

/** The ids of the saved messages after a fact. */
export function savedReducer(state: SavedState, fact: SavedFact): SavedState {
  if (fact.type === "known") return new Set(fact.ids);
  const { messageId, savedAt } = fact.change;
  if (state === null || state.has(messageId) === (savedAt !== null)) return state;
  const next = new Set(state);
  if (savedAt === null) next.delete(messageId);
  else next.add(messageId);
  return next;
}

/** A list of saved messages without one. */
export function without(saved: readonly SavedView[], messageId: string): SavedView[] {
  return saved.filter(({ message }) => message.id !== messageId);
}
