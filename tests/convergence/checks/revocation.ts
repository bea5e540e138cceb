import { linesOf } from "@/tests/convergence/history";
import { type Ledger, linesOfAttempt } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

const ONE_NODE_MS = 1_000;
const SEVERAL_NODES_MS = 5_000;

/** I10: from shortly after its revocation on, a session is granted nothing and told nothing that came later. */
export function outlivedSessions(ledger: Ledger): Violation[] {
  const grace = ledger.run.nodes > 1 ? SEVERAL_NODES_MS : ONE_NODE_MS;
  const overAt = (session: string) => (ledger.revokedAt.get(session) ?? Number.POSITIVE_INFINITY) + grace;
  const outlived = (what: string, session: string, evidence: Violation["evidence"]): Violation => ({
    invariant: "I10",
    what,
    evidence: [...revocationLines(ledger, session), ...evidence],
  });
  return [
    ...ledger.attempts.flatMap((attempt) => {
      const { op, session, client, t } = attempt.invoke;
      if (attempt.end?.kind !== "ok" || t <= overAt(session)) return [];
      return [outlived(`a ${op} of ${client} was granted to a revoked session`, session, linesOfAttempt(attempt))];
    }),
    ...linesOf(ledger.history, "live").flatMap((live) => {
      const over = overAt(live.session);
      const committed = live.items.map(({ stampedAt }) => ledger.run.t + stampedAt - ledger.run.at);
      if (live.t <= over || !committed.some((t) => t > over)) return [];
      return [outlived(`${live.client} heard of ${live.ch} by a revoked session`, live.session, [live])];
    }),
    ...linesOf(ledger.history, "link").flatMap((link) => {
      if (link.state !== "up" || link.t <= overAt(link.session)) return [];
      return [outlived(`${link.client} was welcomed with a revoked session`, link.session, [link])];
    }),
  ];
}

function revocationLines(ledger: Ledger, session: string): Violation["evidence"] {
  return ledger.attempts
    .filter(({ invoke }) => invoke.op === "revoke" && invoke.subject === session)
    .flatMap(linesOfAttempt);
}
