import { linesOf } from "@/tests/convergence/history";
import type { Ledger } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** I16: every number that is kept in the tables is what counting gives. */
export function falseCounters(ledger: Ledger): Violation[] {
  return linesOf(ledger.history, "audit").flatMap((audit): Violation[] => {
    if (audit.stored === audit.counted) return [];
    const what = `${audit.what} is kept as ${audit.stored} and counts ${audit.counted}`;
    return [{ invariant: "I16", what, evidence: [audit] }];
  });
}

/** I17: a server ends only when it was told to, and logs nothing that nobody handled. */
export function serverFaults(ledger: Ledger): Violation[] {
  return linesOf(ledger.history, "server").flatMap((server): Violation[] =>
    server.expected ? [] : [{ invariant: "I17", what: `node ${server.node}: ${server.line}`, evidence: [server] }],
  );
}
