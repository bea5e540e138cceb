import { type Stream, streamKey } from "@/lib/messages/stream";

/** Longer than the pause between two signs, so that one that was lost does not make the line flicker. */
const SHOWN_MS = 6_000;

interface Writer {
  accountId: string;
  /** In ms of the clock that the facts carry. */
  until: number;
}

/** Who is writing where, by the stream's key, those who began first in front. */
export type TypingState = ReadonlyMap<string, readonly Writer[]>;

export type TypingFact =
  | { type: "typing"; stream: Stream; accountId: string; now: number }
  /** What was being written has come. */
  | { type: "wrote"; stream: Stream; accountId: string }
  | { type: "passed"; now: number }
  | { type: "lost" };

export const NOBODY_TYPES: TypingState = new Map();

export function typingReducer(state: TypingState, fact: TypingFact): TypingState {
  switch (fact.type) {
    case "typing":
      return withSign(state, streamKey(fact.stream), { accountId: fact.accountId, until: fact.now + SHOWN_MS });
    case "wrote": {
      const key = streamKey(fact.stream);
      return keepWriters(state, (writer, at) => at !== key || writer.accountId !== fact.accountId);
    }
    case "passed":
      return keepWriters(state, ({ until }) => until > fact.now);
    case "lost":
      return state.size === 0 ? state : NOBODY_TYPES;
  }
}

/** When the first sign that is shown passes; null where none is. */
export function nextToPass(state: TypingState): number | null {
  const ends = [...state.values()].flatMap((writers) => writers.map(({ until }) => until));
  return ends.length === 0 ? null : Math.min(...ends);
}

function withSign(state: TypingState, key: string, sign: Writer): TypingState {
  const writers = state.get(key) ?? [];
  const known = writers.some(({ accountId }) => accountId === sign.accountId);
  const next = known
    ? writers.map((writer) => (writer.accountId === sign.accountId ? sign : writer))
    : [...writers, sign];
  return new Map(state).set(key, next);
}

function keepWriters(state: TypingState, keeps: (writer: Writer, key: string) => boolean): TypingState {
  const next = new Map<string, readonly Writer[]>();
  let changed = false;
  for (const [key, writers] of state) {
    const kept = writers.filter((writer) => keeps(writer, key));
    if (kept.length < writers.length) changed = true;
    if (kept.length > 0) next.set(key, kept.length < writers.length ? kept : writers);
  }
  return changed ? next : state;
}
