/** What a client does with a range of changes: take it, know it already, or ask what lies between. */
export type Decision = "apply" | "ignore" | "resync";

interface Range {
  from: number;
  to: number;
}

/**
 * Compares a client's cursor with a range of changes `from < version <= to` of the same channel.
 *
 * Every version is applied once and in order if and only if "apply" ranges are applied, "ignore" ranges are dropped,
 * and "resync" is answered with one `sync` before anything else of the channel is taken.
 */
export function decide(cursor: number, range: Range): Decision {
  if (range.to <= cursor) return "ignore";
  return range.from === cursor ? "apply" : "resync";
}

/**
 * Of the ranges of one channel that a client holds, in whatever order they came: those that it can take now, in order,
 * and those that still leave a gap. What is known already is in neither.
 */
export function inOrder<R extends Range>(cursor: number, held: readonly R[]): { taken: R[]; left: R[] } {
  const taken: R[] = [];
  const left: R[] = [];
  let reached = cursor;
  for (const range of held.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const decision = decide(reached, range);
    if (decision === "resync") left.push(range);
    if (decision !== "apply") continue;
    taken.push(range);
    reached = range.to;
  }
  return { taken, left: left.filter(({ to }) => to > reached) };
}
