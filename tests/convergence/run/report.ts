import type { Verdict } from "@/tests/convergence/check";
import type { Entry } from "@/tests/convergence/history";
import { lineOf, sliceOf } from "@/tests/convergence/slice";
import { INVARIANTS, type Violation } from "@/tests/convergence/violation";

const MOST_SHOWN = 3;

/** What a run came to, for a person: one row a figure, and the smallest slice of each kind of violation. */
export function report(history: readonly Entry[], verdict: Verdict, replay: string): string {
  const { operations, acknowledged, refused, unknown, recovered, faults, worstTimeToHealMs, violations } = verdict;
  const rows: [string, number | string][] = [
    ["operations", operations],
    ["acknowledged", acknowledged],
    ["refused", refused],
    ["of unknown outcome", unknown],
    ["  of which sends that turned out stored", recovered],
    ["faults", faults],
    ["worst time to heal", `${Math.round(worstTimeToHealMs)} ms`],
    ["violations", violations.length],
  ];
  const table = rows.map(([what, figure]) => `${what.padEnd(42)}${String(figure).padStart(10)}`);
  const shown = Object.keys(INVARIANTS).flatMap((id) => {
    const own = violations.filter(({ invariant }) => invariant === id);
    return own.length === 0 ? [] : [`${id}: ${own.length}`, ...smallest(own).flatMap((one) => show(history, one))];
  });
  return [...shown, "", ...table, "", `Again: ${replay}`].join("\n");
}

/** Those that are shown by the fewest lines. */
function smallest(violations: Violation[]): Violation[] {
  return violations.toSorted((a, b) => a.evidence.length - b.evidence.length).slice(0, MOST_SHOWN);
}

function show(history: readonly Entry[], violation: Violation): string[] {
  const { invariant, what } = violation;
  const began = history[0]?.t ?? 0;
  const lines = sliceOf(history, violation).map((entry) => `    ${lineOf(entry, began)}`);
  return [`  ${invariant} (${INVARIANTS[invariant]}): ${what}`, ...lines];
}
