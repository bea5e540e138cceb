import { itemsIn } from "@/tests/convergence/checks/content";
import { type Entry, type Item, linesOf } from "@/tests/convergence/history";
import { type Ledger, linesOfAttempt } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** A step of a channel that somebody saw: that version was this message's, or somebody's coming or going. */
interface Step {
  version: number;
  id: string | null;
}

/**
 * I4 on the wire: what is said to be all changes between two versions is all of them. Everything that anybody saw of a
 * channel is a step of it, so whoever is told a range must be told each message in it, as of that step or later. A step
 * that a later one of the same message replaced may be left to the range of that one.
 */
export function incompleteRanges(ledger: Ledger): Violation[] {
  const steps = stepsOf(ledger);
  const latest = new Map<string, number>();
  for (const known of steps.values()) for (const { id, version } of known) if (id !== null) latest.set(id, version);
  const missing = (ch: string, from: number, to: number, items: Item[], members: number): string | null => {
    const told = new Map(items.map(({ id, version }) => [id, version]));
    const range = between(steps.get(ch) ?? [], from, to);
    const silent = range.find(
      ({ id, version }) => id !== null && (told.get(id) ?? 0) < version && (latest.get(id) ?? 0) <= to,
    );
    if (silent !== undefined) return `without step ${silent.version}, which was message ${silent.id}`;
    const comings = range.filter(({ id }) => id === null).length;
    return members < comings ? `with ${members} of ${comings} comings and goings` : null;
  };
  const incomplete = (client: string, ch: string, what: string, evidence: Entry[]): Violation[] => [
    { invariant: "I4", what: `${client} was told a range of ${ch} ${what}`, evidence },
  ];
  return [
    ...linesOf(ledger.history, "live").flatMap((live) => {
      const what = missing(live.ch, live.from, live.to, live.items, live.members);
      return what === null ? [] : incomplete(live.client, live.ch, what, [live]);
    }),
    ...ledger.attempts.flatMap((attempt) => {
      const { invoke, end } = attempt;
      return Object.entries(invoke.cursors ?? {}).flatMap(([ch, cursor]) => {
        const sight = end?.sights?.[ch];
        if (sight === undefined || sight.reset === true) return [];
        const what = missing(ch, cursor, sight.version, sight.items, sight.members ?? 0);
        return what === null ? [] : incomplete(invoke.client, ch, what, linesOfAttempt(attempt));
      });
    }),
  ];
}

/** By channel, in the order of versions. */
function stepsOf(ledger: Ledger): Map<string, Step[]> {
  const ids = new Map<string, Map<number, string | null>>();
  const note = (ch: string, version: number, id: string | null) => {
    const known = ids.get(ch) ?? new Map<number, string | null>();
    ids.set(ch, known.set(version, id));
  };
  for (const entry of ledger.history) for (const { ch, version, id } of itemsIn(entry)) note(ch, version, id);
  for (const { ch, changes } of ledger.tables.values())
    for (const { version } of changes) if (ids.get(ch)?.has(version) !== true) note(ch, version, null);
  return new Map(
    [...ids].map(([ch, known]) => [
      ch,
      [...known].map(([version, id]) => ({ version, id })).toSorted((a, b) => a.version - b.version),
    ]),
  );
}

/** The steps with `from < version <= to`, by bisection. */
function between(steps: Step[], from: number, to: number): Step[] {
  return steps.slice(firstAbove(steps, from), firstAbove(steps, to));
}

function firstAbove(steps: Step[], version: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.version ?? Number.POSITIVE_INFINITY) <= version) low = middle + 1;
    else high = middle;
  }
  return low;
}
