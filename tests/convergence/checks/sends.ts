import type { Final, Item } from "@/tests/convergence/history";
import { type Attempt, type Ledger, type LogicalSend, linesOfAttempt } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** I1: every acknowledged send stands in the log, at the place that was acknowledged, with the content that was sent. */
export function lostSends(ledger: Ledger): Violation[] {
  const stored = storedById(ledger);
  return ledger.sends.flatMap((send) => {
    if (send.outcome !== "ok") return [];
    const found = stored.get(send.id);
    const evidence = send.attempts.flatMap(linesOfAttempt);
    const lost = (what: string): Violation[] => [{ invariant: "I1", what, evidence }];
    if (found === undefined || found.item.ch !== send.ch)
      return lost(`message ${send.id} was acknowledged and is gone`);
    if (found.first !== send.body)
      return lost(`message ${send.id} is stored with another content than was acknowledged`);
    const acked = send.attempts.flatMap(({ end }) => end?.item ?? []).find(({ seq }) => seq !== found.item.seq);
    if (acked === undefined) return [];
    return lost(`message ${send.id} was acknowledged at ${acked.seq} and stands at ${found.item.seq}`);
  });
}

/** I2: every stored message was asked for, by its author and once; what was refused is absent. */
export function unaskedMessages(ledger: Ledger): Violation[] {
  const asked = new Map<string, LogicalSend[]>();
  for (const send of ledger.sends) asked.set(send.id, [...(asked.get(send.id) ?? []), send]);
  const seen = new Map<string, Item>();
  const said = new Map<string, string>();
  const violations: Violation[] = [];
  const unasked = (what: string, attempts: Attempt[]) =>
    violations.push({ invariant: "I2", what, evidence: attempts.flatMap(linesOfAttempt) });
  for (const final of ledger.tables.values()) {
    for (const item of final.items) {
      const wanted = asked.get(item.id) ?? [];
      const first = firstBody(final, item);
      const own = wanted.find(({ account, body, ch }) => account === item.author && body === first && ch === item.ch);
      const origin = own ?? ledger.sends.find(({ body }) => body === first);
      if (seen.has(item.id))
        unasked(
          `message ${item.id} is stored twice`,
          wanted.flatMap(({ attempts }) => attempts),
        );
      else if (own === undefined)
        unasked(`message ${item.id} at ${item.seq} is what nobody sent under that id`, origin?.attempts ?? []);
      else if (said.has(first))
        // Everything that is sent in a run says something else.
        unasked(`message ${item.id} says what ${said.get(first)} says`, own.attempts);
      else if (own.outcome === "fail") unasked(`message ${item.id} was refused and is stored`, own.attempts);
      seen.set(item.id, item);
      said.set(first, item.id);
    }
  }
  return violations;
}

/** How many sends of unknown outcome turned out to be stored: no violation, but worth knowing. */
export function recoveredSends(ledger: Ledger): number {
  const stored = storedById(ledger);
  return ledger.sends.filter(({ outcome, id, body }) => outcome === "info" && stored.get(id)?.first === body).length;
}

function storedById(ledger: Ledger): Map<string, { item: Item; first: string }> {
  const stored = new Map<string, { item: Item; first: string }>();
  for (const final of ledger.tables.values())
    for (const item of final.items) stored.set(item.id, { item, first: firstBody(final, item) });
  return stored;
}

function firstBody(final: Final, item: Item): string {
  return final.firstBodies?.[item.id] ?? item.body;
}
