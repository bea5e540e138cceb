import type { Entry, Item } from "@/tests/convergence/history";
import type { Violation } from "@/tests/convergence/violation";

const AROUND_MS = 2_000;
const MOST_LINES = 24;

/** The smallest part of a history that shows a violation: its own lines and the faults within 2 s of them, by time. */
export function sliceOf(history: readonly Entry[], { evidence }: Violation): Entry[] {
  const times = evidence.map(({ t }) => t);
  const near = (t: number) => times.some((moment) => Math.abs(moment - t) <= AROUND_MS);
  const faults = history.filter((entry) => entry.kind === "fault" && near(entry.t));
  return [...new Set([...evidence, ...faults])].toSorted((a, b) => a.t - b.t).slice(0, MOST_LINES);
}

/** One line of a slice, for a person: the time since the run began, and what happened. */
export function lineOf(entry: Entry, began: number): string {
  const { kind, t, ...rest } = entry;
  const short = JSON.stringify(rest, (_key, value: unknown) => (isItem(value) ? shortItem(value) : value));
  return `${((t - began) / 1_000).toFixed(3).padStart(9)} s  ${kind.padEnd(7)} ${short.slice(0, 1_000)}`;
}

function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null && "digest" in value && "stampedAt" in value;
}

function shortItem({ id, seq, version, author, deleted }: Item): string {
  return `${id} seq ${seq} version ${version} by ${author}${deleted ? ", deleted" : ""}`;
}
