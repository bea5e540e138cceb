import type { PlacedMessage } from "@/lib/messages/message.events";

/** The part of a run that stands in the document, by `seq`. `to: null` follows the end, wherever it moves. */
export interface Slice {
  from: number;
  to: number | null;
}

/** How much of the document lies beyond the view, in pixels. */
export interface Surroundings {
  above: number;
  below: number;
  /** The height of the view. */
  view: number;
}

/** Enough for a tall window; each row more is laid out before the first painting. */
const OPENING_ROWS = 30;
const STEP_ROWS = 30;
/** In views: less than this beyond an edge of the view is extended, more is cut back to the middle. */
const LEAST = 2;
const ENOUGH = 4;
const MOST = 6;

/** The end of a run. */
export function sliceAtEnd(messages: readonly PlacedMessage[]): Slice {
  return { from: messages.at(-OPENING_ROWS)?.seq ?? messages[0]?.seq ?? 0, to: null };
}

/** The rows around a message of the run; null when the run does not hold it. */
export function sliceAround(messages: readonly PlacedMessage[], messageId: string): Slice | null {
  const index = messages.findIndex(({ id }) => id === messageId);
  if (index < 0) return null;
  const from = messages[Math.max(0, index - STEP_ROWS)]?.seq ?? 0;
  return { from, to: messages[index + STEP_ROWS]?.seq ?? null };
}

/** The messages of a slice. A run that was replaced and shares nothing with the slice is shown from its end. */
export function cut(messages: readonly PlacedMessage[], slice: Slice): readonly PlacedMessage[] {
  const first = messages[0]?.seq;
  const last = messages.at(-1)?.seq;
  if (first === undefined || last === undefined) return [];
  const apart = slice.from > last || (slice.to !== null && slice.to < first);
  const { from, to } = apart ? sliceAtEnd(messages) : slice;
  return messages.slice(Math.max(0, from - first), to === null ? undefined : Math.max(0, to - first + 1));
}

/**
 * The slice that suits where the reader is. `seqAt(y)` is the row that many pixels below the top of the view (negative
 * above it); `keepBelow` leaves what lies below in place, as while a hand is scrolling up.
 */
export function nextSlice(
  slice: Slice,
  run: { first: number; last: number; hasNewer: boolean },
  around: Surroundings,
  seqAt: (y: number) => number | null,
  keepBelow: boolean,
): Slice {
  const { above, below, view } = around;
  let { from, to } = slice;
  if (above < LEAST * view) from = Math.max(run.first, Math.min(from, run.last) - STEP_ROWS);
  else if (above > MOST * view) from = seqAt(-ENOUGH * view) ?? from;
  if (to === null) {
    if (run.hasNewer) to = run.last;
    else if (below > MOST * view && !keepBelow) to = seqAt((1 + ENOUGH) * view);
  } else if (below < LEAST * view) {
    to = to + STEP_ROWS >= run.last && !run.hasNewer ? null : Math.min(run.last, Math.max(to, run.first) + STEP_ROWS);
  } else if (below > MOST * view && !keepBelow) {
    to = seqAt((1 + ENOUGH) * view) ?? to;
  }
  from = Math.max(from, run.first);
  return from === slice.from && to === slice.to ? slice : { from, to };
}
