import type { MessagePage, MessageView, PlacedMessage } from "@/lib/messages/message.events";
import { isPlaced } from "@/lib/messages/stream";
import type { ErrorBody } from "@/lib/shared/errors";

/** One's own message on its way: the row it is drawn as becomes the real row, because both have one id. */
export interface PendingMessage {
  id: string;
  channelId: string;
  body: string;
  writtenAt: string;
  /** It can be taken back until this moment, in milliseconds. */
  sendAt?: number;
  /** The acknowledged message, until it can take its place in the window. */
  sent: MessageView | null;
  failure: Pick<ErrorBody, "code" | "message"> | null;
}

export type Edge = "older" | "newer" | "newest" | "around";

/** What a tab holds of one channel. */
export interface TimelineState {
  /** A run of the channel without a gap, ascending by `seq`. */
  messages: readonly PlacedMessage[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** The version that the run is true at; null before the first page. */
  cursor: number | null;
  pending: readonly PendingMessage[];
  /** The pages that are asked for and not answered. */
  loading: Readonly<Record<Edge, boolean>>;
  /** Why the last page did not come. */
  trouble: string | null;
  /** Too much changed while away: the run is drawn still, and a page must replace it. */
  stale: boolean;
  /** Changes since the oldest unanswered question: its answer may be from before them. */
  held: readonly MessageView[];
  /** What lies beyond the run with a gap before it: a message that was changed meanwhile comes with its change. */
  ahead: readonly PlacedMessage[];
  /** Raised by a new epoch: answers to questions of an earlier life are void. */
  life: number;
}

/** `beside` is the seq that an older page ends before, or a newer one begins after. */
export type TimelineFact =
  | { type: "asked"; edge: Edge }
  | { type: "page"; edge: Edge; page: MessagePage; life: number; beside?: number }
  | { type: "unanswered"; edge: Edge; sentence: string; life: number }
  | { type: "changes"; to: number; messages: readonly MessageView[] }
  /** The end of the channel as an earlier visit kept it. */
  | { type: "restored"; messages: readonly MessageView[]; hasOlder: boolean; cursor: number }
  /** What one asked for was made: the message as it is now. */
  | { type: "changed"; message: MessageView }
  | { type: "reset"; to: number }
  | { type: "pending"; message: Omit<PendingMessage, "sent" | "failure"> }
  | { type: "acked"; message: MessageView }
  | { type: "failed"; id: string; failure: Pick<ErrorBody, "code" | "message"> }
  | { type: "discarded"; id: string }
  | { type: "trim"; around: number; keep: number }
  | { type: "epoch" };

const IDLE: TimelineState["loading"] = { older: false, newer: false, newest: false, around: false };

export const EMPTY_TIMELINE: TimelineState = {
  messages: [],
  hasOlder: true,
  hasNewer: false,
  cursor: null,
  pending: [],
  loading: IDLE,
  trouble: null,
  stale: false,
  held: [],
  ahead: [],
  life: 0,
};

/** The state after a fact. Facts may come in any order and more than once; a message's higher version always wins. */
export function reduceTimeline(state: TimelineState, fact: TimelineFact): TimelineState {
  switch (fact.type) {
    case "asked":
      return { ...state, loading: { ...state.loading, [fact.edge]: true }, trouble: null };
    case "page":
      return fact.life === state.life ? settled(withPage(state, fact), fact.edge) : state;
    case "unanswered":
      return fact.life === state.life ? { ...settled(state, fact.edge), trouble: fact.sentence } : state;
    case "changed":
      return reduceTimeline(state, { type: "changes", to: 0, messages: [fact.message] });
    case "changes": {
      const asking = Object.values(state.loading).some(Boolean);
      const held = asking ? [...state.held, ...fact.messages] : state.held;
      const cursor = state.cursor === null ? null : Math.max(state.cursor, fact.to);
      return withChanged({ ...state, held, cursor }, fact.messages);
    }
    case "restored": {
      if (state.cursor !== null) return state;
      const { hasOlder, cursor } = fact;
      return withChanged(
        { ...state, messages: fact.messages.filter(isPlaced), hasOlder, hasNewer: false, cursor, trouble: null },
        state.held,
      );
    }
    case "reset":
      return state.cursor === null ? state : { ...state, cursor: Math.max(state.cursor, fact.to), stale: true };
    case "pending":
      return withPending(state, fact.message);
    case "acked":
      return withAcked(state, fact.message);
    case "failed":
      return onPending(state, fact.id, (row) => ({ ...row, failure: fact.failure }));
    case "discarded":
      return { ...state, pending: state.pending.filter(({ id }) => id !== fact.id) };
    case "trim":
      return trimmed(state, fact.around, fact.keep);
    case "epoch":
      return { ...EMPTY_TIMELINE, pending: state.pending, life: state.life + 1 };
  }
}

const KEPT_MESSAGES = 200;
const KEPT_CHARACTERS = 200_000;

/** What a later visit may begin with: the newest messages, where they are held and nothing is missing in them. */
export function endOf(state: TimelineState): { messages: readonly PlacedMessage[]; hasOlder: boolean } | null {
  if (state.cursor === null || state.hasNewer || state.stale) return null;
  let characters = 0;
  const wanted = state.messages.slice(-KEPT_MESSAGES);
  const first = wanted.findLastIndex(({ body }) => {
    characters += body.length;
    return characters > KEPT_CHARACTERS;
  });
  const messages = wanted.slice(first + 1);
  return { messages, hasOlder: state.hasOlder || messages.length < state.messages.length };
}

/** The answer to one question has been taken; what was held is needed while others are out. */
function settled(state: TimelineState, edge: Edge): TimelineState {
  const loading = { ...state.loading, [edge]: false };
  return { ...state, loading, held: Object.values(loading).some(Boolean) ? state.held : [] };
}

function withPage(
  state: TimelineState,
  { edge, page, beside }: Extract<TimelineFact, { type: "page" }>,
): TimelineState {
  const cursor = Math.max(state.cursor ?? 0, page.version);
  const placed = page.messages.filter(isPlaced);
  if (edge === "older") {
    if (state.messages[0]?.seq !== beside) return state;
    const messages = [...placed, ...state.messages];
    return withChanged({ ...state, messages, hasOlder: page.hasOlder, cursor }, state.held);
  }
  if (edge === "newer") {
    if (state.messages.at(-1)?.seq !== beside) return state;
    const messages = [...state.messages, ...placed];
    return withChanged({ ...state, messages, hasNewer: page.hasNewer, cursor }, state.held);
  }
  const { hasOlder, hasNewer } = page;
  return withChanged(
    { ...state, messages: placed, hasOlder, hasNewer, cursor, stale: false, trouble: null },
    state.held,
  );
}

/** Puts changed messages where they belong: known ones anew, later ones at the end as far as there is no gap. */
function withChanged(state: TimelineState, changed: readonly MessageView[]): TimelineState {
  if (state.cursor === null) return state;
  const run = [...state.messages];
  const start = run[0]?.seq;
  const later = new Map<number, PlacedMessage>();
  for (const message of [...state.ahead, ...changed, ...state.pending.flatMap(({ sent }) => sent ?? [])]) {
    // A reply that stands in its thread alone is no part of the channel's run.
    if (!isPlaced(message)) continue;
    const index = start === undefined ? -1 : message.seq - start;
    const known = run[index] ?? later.get(message.seq);
    if (known !== undefined && known.version >= message.version) continue;
    if (run[index] !== undefined) run[index] = message;
    else if (message.seq > (run.at(-1)?.seq ?? 0)) later.set(message.seq, message);
  }
  if (!state.hasNewer) {
    for (let next = later.get(lastSeqOf(run) + 1); next !== undefined; next = later.get(next.seq + 1)) run.push(next);
  }
  const ahead = state.hasNewer ? [] : [...later.values()].filter(({ seq }) => seq > lastSeqOf(run));
  return withoutPlaced({ ...state, messages: run, ahead });
}

function lastSeqOf(run: readonly PlacedMessage[]): number {
  return run.at(-1)?.seq ?? 0;
}

/** A pending row ends when its message stands in the run, or lies beyond a run that does not reach the newest. */
function withoutPlaced(state: TimelineState): TimelineState {
  if (state.pending.length === 0) return state;
  const placed = new Set(state.messages.map(({ id }) => id));
  const pending = state.pending.filter(({ id, sent }) => !placed.has(id) && !(sent !== null && state.hasNewer));
  return pending.length === state.pending.length ? state : { ...state, pending };
}

function withPending(state: TimelineState, message: Omit<PendingMessage, "sent" | "failure">): TimelineState {
  if (state.messages.some(({ id }) => id === message.id)) return state;
  const row = { ...message, sent: null, failure: null };
  const known = state.pending.some(({ id }) => id === message.id);
  const pending = known ? state.pending.map((old) => (old.id === row.id ? row : old)) : [...state.pending, row];
  return { ...state, pending };
}

function withAcked(state: TimelineState, message: MessageView): TimelineState {
  return withChanged(
    onPending(state, message.id, (row) => ({ ...row, sent: message, failure: null })),
    [],
  );
}

function onPending(state: TimelineState, id: string, change: (row: PendingMessage) => PendingMessage): TimelineState {
  return { ...state, pending: state.pending.map((row) => (row.id === id ? change(row) : row)) };
}

/** Keeps about `keep` messages around one place, so that a long way back does not fill the memory. */
function trimmed(state: TimelineState, around: number, keep: number): TimelineState {
  const first = state.messages[0];
  if (first === undefined || state.messages.length <= keep) return state;
  const from = Math.max(0, Math.min(around - first.seq - Math.floor(keep / 2), state.messages.length - keep));
  const messages = state.messages.slice(from, from + keep);
  return {
    ...state,
    messages,
    hasOlder: state.hasOlder || from > 0,
    hasNewer: state.hasNewer || from + keep < state.messages.length,
  };
}
