/** What a client does with a range of changes: take it, know it already, or ask what lies between. */
export type Decision = "apply" | "ignore" | "resync";

/**
 * Compares a client's cursor with a range of changes `from < version <= to` of the same channel.
 *
 * Every version is applied once and in order if and only if "apply" ranges are applied, "ignore" ranges are dropped,
 * and "resync" is answered with one `sync` before anything else of the channel is taken.
 */
export function decide(cursor: number, range: { from: number; to: number }): Decision {
  if (range.to <= cursor) return "ignore";
  return range.from === cursor ? "apply" : "resync";
}
