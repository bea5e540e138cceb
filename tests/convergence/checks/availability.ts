import { linesOf } from "@/tests/convergence/history";
import { type Attempt, type Ledger, linesOfAttempt } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** What a busy machine may add to a client's own clock. */
const SLACK_MS = 3_000;
const AVAILABLE_AGAIN_MS = 10_000;

/** I13: every request comes to an end within its client's patience, whatever happens meanwhile. */
export function endlessRequests(ledger: Ledger): Violation[] {
  const { patienceMs } = ledger.run;
  return ledger.attempts.flatMap((attempt): Violation[] => {
    const { invoke, end } = attempt;
    if (end !== null && end.t - invoke.t <= patienceMs + SLACK_MS) return [];
    const what = end === null ? "never ended" : `ended after ${Math.round(end.t - invoke.t)} ms`;
    return [
      { invariant: "I13", what: `a ${invoke.op} of ${invoke.client} ${what}`, evidence: linesOfAttempt(attempt) },
    ];
  });
}

/** I13: what each client sends when the last fault is over arrives soon, without anybody's help. */
export function lateProbes(ledger: Ledger): Violation[] {
  const attemptsOf = new Map<string, Attempt[]>(ledger.sends.map(({ id, attempts }) => [id, attempts]));
  return linesOf(ledger.history, "probe").flatMap((probe): Violation[] => {
    const attempts = attemptsOf.get(probe.id) ?? [];
    const took = Math.min(...attempts.flatMap(({ end }) => (end?.kind === "ok" ? [end.t - probe.t] : [])));
    if (took <= AVAILABLE_AGAIN_MS) return [];
    const what = Number.isFinite(took) ? `took ${Math.round(took)} ms` : "did not arrive";
    const evidence = [probe, ...attempts.flatMap(linesOfAttempt)];
    return [{ invariant: "I13", what: `what ${probe.client} sent after the last fault ${what}`, evidence }];
  });
}
