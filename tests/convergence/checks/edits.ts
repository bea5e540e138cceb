import { type Item, linesOf } from "@/tests/convergence/history";
import { type Attempt, grouped, type Ledger, linesOfAttempt } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

const CHANGES = new Set(["edit", "delete", "react"]);

/** I1 for edits, deletions and reactions: what was acknowledged shows in the message, unless something later changed it. */
export function lostChanges(ledger: Ledger): Violation[] {
  const final = finalItems(ledger);
  const byMessage = grouped(changesOf(ledger), ({ invoke }) => invoke.id ?? "");
  return [...byMessage].flatMap(([id, attempts]) => {
    const item = final.get(id);
    return attempts.flatMap((attempt): Violation[] => {
      const { invoke, end } = attempt;
      if (end?.kind !== "ok" || end.item === undefined) return [];
      const what = `an acknowledged ${invoke.op} of message ${id} does not show in it`;
      const evidence = linesOfAttempt(attempt);
      if (item === undefined || item.version < end.item.version) return [{ invariant: "I1", what, evidence }];
      const rivals = attempts.filter((other) => other !== attempt && mayHaveFollowed(other, attempt));
      return shows(item, attempt, rivals) ? [] : [{ invariant: "I1", what, evidence }];
    });
  });
}

function shows(item: Item, { invoke }: Attempt, rivals: Attempt[]): boolean {
  if (invoke.op === "delete") return item.deleted;
  // Nothing to take back is taken back already.
  if (item.deleted) return invoke.put === false || rivals.some((rival) => rival.invoke.op === "delete");
  if (invoke.op === "edit")
    return item.body === invoke.body || rivals.some(({ invoke: { op, body } }) => op === "edit" && body === item.body);
  const undone = rivals.some((rival) => rival.invoke.reaction === invoke.reaction && rival.invoke.put !== invoke.put);
  return undone || item.reactions.includes(invoke.reaction ?? "") === invoke.put;
}

/** Whether one could have taken effect after the other: unless it was over before the other began, or was refused. */
function mayHaveFollowed(one: Attempt, other: Attempt): boolean {
  if (one.end?.kind === "fail") return false;
  return one.end?.kind !== "ok" || one.end.t > other.invoke.t;
}

/** I2 for edits, deletions and reactions: nothing shows that nobody asked for, and nothing that was refused. */
export function unaskedChanges(ledger: Ledger): Violation[] {
  const wanted = new Map<string, Attempt[]>();
  const note = (key: string, attempt: Attempt) => wanted.set(key, [...(wanted.get(key) ?? []), attempt]);
  for (const attempt of ledger.attempts) {
    const { op, id, body, reaction, put } = attempt.invoke;
    if (op === "send" || op === "edit") note(`${id} says ${body}`, attempt);
    if (op === "delete") note(`${id} is deleted`, attempt);
    if (op === "react" && put === true) note(`${id} has ${reaction}`, attempt);
  }
  return [...finalItems(ledger).values()].flatMap((item) => {
    const facts = [
      item.deleted ? `${item.id} is deleted` : `${item.id} says ${item.body}`,
      ...item.reactions.map((reaction) => `${item.id} has ${reaction}`),
    ];
    return facts.flatMap((fact): Violation[] => {
      const asked = wanted.get(fact) ?? [];
      if (asked.some(({ end }) => end?.kind !== "fail")) return [];
      // What was never sent at all is told by the check of sends.
      if (asked.length === 0 && !ledger.sends.some(({ id }) => id === item.id)) return [];
      if (asked.some(({ invoke }) => invoke.op === "send")) return [];
      const what = asked.length === 0 ? `nobody asked that ${fact}` : `it was refused that ${fact}`;
      return [{ invariant: "I2", what, evidence: asked.flatMap(linesOfAttempt) }];
    });
  });
}

function changesOf(ledger: Ledger): Attempt[] {
  return ledger.attempts.filter(({ invoke }) => CHANGES.has(invoke.op));
}

function finalItems(ledger: Ledger): Map<string, Item> {
  return new Map(
    linesOf(ledger.history, "final")
      .filter(({ source }) => source === "sql")
      .flatMap(({ items }) => items.map((item): [string, Item] => [item.id, item])),
  );
}
