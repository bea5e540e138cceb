import { linesOf } from "@/tests/convergence/history";
import { grouped, type Ledger, linesOfAttempt } from "@/tests/convergence/ledger";
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

/** I13: soon after the last fault each client can send again, without anybody's help, and all that waited arrives. */
export function lateProbes(ledger: Ledger): Violation[] {
  const sends = grouped(
    ledger.attempts.filter(({ invoke, end }) => invoke.op === "send" && end?.kind === "ok"),
    ({ invoke }) => invoke.client,
  );
  return linesOf(ledger.history, "probe").flatMap((probe): Violation[] => {
    const acknowledged = sends.get(probe.client) ?? [];
    const times = acknowledged.flatMap(({ end }) => (end !== null && end.t >= probe.t ? [end.t - probe.t] : []));
    const took = times.reduce((least, t) => Math.min(least, t), Number.POSITIVE_INFINITY);
    const late = (what: string): Violation[] => [
      { invariant: "I13", what: `after the last fault ${probe.client} ${what}`, evidence: [probe] },
    ];
    if (took > AVAILABLE_AGAIN_MS)
      return late(Number.isFinite(took) ? `could send only after ${Math.round(took)} ms` : "could send no more");
    const arrived = acknowledged.some(({ invoke }) => invoke.id === probe.id);
    return arrived ? [] : late(`sent ${probe.id}, which did not arrive`);
  });
}
