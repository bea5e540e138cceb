import { falseCounters, serverFaults } from "@/tests/convergence/checks/audits";
import { endlessRequests, lateProbes } from "@/tests/convergence/checks/availability";
import { disagreements } from "@/tests/convergence/checks/content";
import { showsDeleted } from "@/tests/convergence/checks/deletion";
import { lostChanges, unaskedChanges } from "@/tests/convergence/checks/edits";
import { deliveriesAcrossTheCut, grantedToTheRemoved, writtenByStrangers } from "@/tests/convergence/checks/membership";
import { brokenFifo, brokenNumbers, brokenRealTime } from "@/tests/convergence/checks/order";
import { staleReads } from "@/tests/convergence/checks/reads";
import { outlivedSessions } from "@/tests/convergence/checks/revocation";
import { lostSends, recoveredSends, unaskedMessages } from "@/tests/convergence/checks/sends";
import { divergedStates, staleFetches } from "@/tests/convergence/checks/states";
import { backwardsLive, brokenRuns, leftBehind, worstTimeToHeal } from "@/tests/convergence/checks/streams";
import { incompleteRanges } from "@/tests/convergence/checks/told";
import { type Entry, linesOf } from "@/tests/convergence/history";
import { type Ledger, openLedger } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

const CHECKS: readonly ((ledger: Ledger) => Violation[])[] = [
  lostSends,
  lostChanges,
  unaskedMessages,
  unaskedChanges,
  brokenNumbers,
  brokenRealTime,
  brokenFifo,
  brokenRuns,
  incompleteRanges,
  leftBehind,
  backwardsLive,
  disagreements,
  staleFetches,
  divergedStates,
  staleReads,
  deliveriesAcrossTheCut,
  grantedToTheRemoved,
  writtenByStrangers,
  outlivedSessions,
  showsDeleted,
  endlessRequests,
  lateProbes,
  falseCounters,
  serverFaults,
];

/** What a history comes to. */
export interface Verdict {
  violations: Violation[];
  operations: number;
  acknowledged: number;
  refused: number;
  unknown: number;
  /** Sends of unknown outcome that turned out to be stored. */
  recovered: number;
  faults: number;
  worstTimeToHealMs: number;
}

/** Judges a recorded history by every invariant. Pure: the same history gets the same verdict. */
export function check(history: readonly Entry[]): Verdict {
  const ledger = openLedger(history);
  const ended = (kind: "ok" | "fail") => ledger.attempts.filter(({ end }) => end?.kind === kind).length;
  const [acknowledged, refused] = [ended("ok"), ended("fail")];
  return {
    violations: CHECKS.flatMap((one) => one(ledger)),
    operations: ledger.attempts.length,
    acknowledged,
    refused,
    unknown: ledger.attempts.length - acknowledged - refused,
    recovered: recoveredSends(ledger),
    faults: linesOf(history, "fault").filter(({ phase }) => phase === "start").length,
    worstTimeToHealMs: worstTimeToHeal(ledger),
  };
}
