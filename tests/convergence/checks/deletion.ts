import { itemsIn } from "@/tests/convergence/checks/content";
import type { Entry } from "@/tests/convergence/history";
import { type Attempt, type Ledger, linesOfAttempt } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

interface Deletion {
  id: string;
  /** When it was acknowledged; never, where it only turned out to be so. */
  t: number;
  attempts: Attempt[];
}

/** I11: after a deletion nothing that anybody is shown, holds or stores contains a word of what was said. */
export function showsDeleted(ledger: Ledger): Violation[] {
  const owner = new Map(
    ledger.attempts.flatMap(({ invoke: { canary, id } }) =>
      canary === undefined ? [] : [[canary, id ?? ""] as const],
    ),
  );
  const deletions = deletionsOf(ledger);
  const askedAt = new Map(ledger.attempts.map(({ invoke }) => [invoke.n, invoke.t]));
  const leak = (deletion: Deletion, entry: Entry, where: string): Violation => ({
    invariant: "I11",
    what: `what message ${deletion.id} said before it was deleted shows in ${where}`,
    evidence: [...deletion.attempts.flatMap(linesOfAttempt), ...(isLarge(entry) ? [] : [entry])],
  });
  return ledger.history.flatMap((entry) => {
    const late = isFromTheEnd(entry) ? Number.POSITIVE_INFINITY : entry.kind === "ok" ? (askedAt.get(entry.n) ?? 0) : 0;
    const shown = itemsIn(entry).flatMap((item) =>
      item.canaries.flatMap((canary) => {
        const deletion = deletions.get(owner.get(canary) ?? "");
        if (deletion === undefined || !(item.deleted || late > deletion.t || late === Number.POSITIVE_INFINITY))
          return [];
        return [leak(deletion, entry, `version ${item.version} of ${item.ch} (${entry.kind})`)];
      }),
    );
    if (entry.kind !== "scan") return shown;
    return entry.canaries.flatMap((canary) => {
      const deletion = deletions.get(owner.get(canary) ?? "");
      return deletion === undefined ? [] : [leak(deletion, entry, entry.place)];
    });
  });
}

function isFromTheEnd({ kind }: Entry): boolean {
  return kind === "final" || kind === "state" || kind === "scan";
}

function isLarge({ kind }: Entry): boolean {
  return kind === "final" || kind === "state";
}

function deletionsOf(ledger: Ledger): Map<string, Deletion> {
  const deletions = new Map<string, Deletion>();
  for (const { items } of ledger.tables.values())
    for (const { id, deleted } of items)
      if (deleted) deletions.set(id, { id, t: Number.POSITIVE_INFINITY, attempts: [] });
  for (const attempt of ledger.attempts) {
    const { op, id } = attempt.invoke;
    if (op !== "delete" || id === undefined) continue;
    const { t = Number.POSITIVE_INFINITY, attempts = [] } = deletions.get(id) ?? {};
    if (attempt.end?.kind === "ok")
      deletions.set(id, { id, t: Math.min(t, attempt.end.t), attempts: [...attempts, attempt] });
  }
  return deletions;
}
