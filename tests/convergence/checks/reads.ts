import type { End } from "@/tests/convergence/history";
import { type Attempt, grouped, type Ledger, linesOfAttempt, pair } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** The highest version and place of a channel that somebody knew of at some moment. */
interface Known {
  t: number;
  highestVersion: { value: number; attempt: Attempt };
  highestSeq: { value: number; attempt: Attempt };
}

/** I8: a read shows what its account had acknowledged before, and is no older than what its client read before. */
export function staleReads(ledger: Ledger): Violation[] {
  const messages = ownMessages(ledger);
  const acknowledged = knowledge(messages);
  const placed = grouped(messages, ({ key, seq }) => pair(key, String(seq)));
  const read = knowledge(ownReads(ledger));
  return ledger.attempts.flatMap((attempt) => {
    const { invoke, end } = attempt;
    if (end?.kind !== "ok") return [];
    return [...versionsShown(attempt, end)].flatMap(([ch, version]) => {
      const own = acknowledged.get(pair(invoke.account, ch)) ?? [];
      const floors = [latestBefore(own, invoke.t), latestBefore(read.get(pair(invoke.client, ch)) ?? [], invoke.t)];
      const floor = floors
        .flatMap((known) => known?.highestVersion ?? [])
        .toSorted((a, b) => b.value - a.value)
        .at(0);
      const stale = (what: string, then: Attempt): Violation[] => [
        { invariant: "I8", what: `${invoke.client} ${what}`, evidence: [then, attempt].flatMap(linesOfAttempt) },
      ];
      if (floor !== undefined && version < floor.value)
        return stale(`read ${ch} as of ${version} after it knew of ${floor.value}`, floor.attempt);
      if (invoke.op !== "page") return [];
      const seqs = (end.sights?.[ch]?.items ?? []).map(({ seq }) => seq);
      if (seqs.some((seq, index) => seq !== (seqs[0] ?? 0) + index))
        return stale(`read a page of ${ch} with a hole in it`, attempt);
      const missing = missingOwn(attempt, ch, own, placed);
      return missing === undefined ? [] : stale(`read a page of ${ch} without its own message`, missing);
    });
  });
}

/** The version of each channel that a read was true at. A channel that `sync` leaves out is where its cursor was. */
function versionsShown({ invoke }: Attempt, end: End): Map<string, number> {
  const shown = new Map<string, number>();
  const gone = new Set(end.left);
  for (const [ch, cursor] of Object.entries(invoke.cursors ?? {})) if (!gone.has(ch)) shown.set(ch, cursor);
  for (const [ch, { version }] of Object.entries(end.sights ?? {})) shown.set(ch, version);
  return shown;
}

/** An own acknowledged message that a page should have shown, within its ends or, on the newest page, below them. */
function missingOwn(
  { invoke, end }: Attempt,
  ch: string,
  own: Known[],
  placed: ReadonlyMap<string, Fact[]>,
): Attempt | undefined {
  const items = end?.sights?.[ch]?.items ?? [];
  const last = items.at(-1)?.seq ?? 0;
  const highest = latestBefore(own, invoke.t)?.highestSeq;
  if (invoke.newest === true && highest !== undefined && highest.value > last) return highest.attempt;
  const lacking = items.flatMap(({ seq, version }) =>
    (placed.get(pair(pair(invoke.account, ch), String(seq))) ?? []).filter(
      (known) => known.t < invoke.t && version < known.version,
    ),
  );
  return lacking[0]?.attempt;
}

interface Fact {
  key: string;
  t: number;
  attempt: Attempt;
  version: number;
  seq: number;
}

function ownMessages(ledger: Ledger): Fact[] {
  return ledger.attempts.flatMap((attempt) => {
    const { invoke, end } = attempt;
    if (end?.kind !== "ok" || end.item === undefined) return [];
    const { ch, version, seq } = end.item;
    return [{ key: pair(invoke.account, ch), t: end.t, attempt, version, seq }];
  });
}

function ownReads(ledger: Ledger): Fact[] {
  return ledger.attempts.flatMap((attempt) => {
    const { invoke, end } = attempt;
    if (end?.kind !== "ok") return [];
    return Object.entries(end.sights ?? {}).map(([ch, { version }]) => ({
      key: pair(invoke.client, ch),
      t: end.t,
      attempt,
      version,
      seq: 0,
    }));
  });
}

/** By reader and channel, in the order of time. */
function knowledge(facts: Fact[]): Map<string, Known[]> {
  const byReader = new Map<string, Known[]>();
  for (const { key, t, attempt, version, seq } of facts.toSorted((a, b) => a.t - b.t)) {
    const known = byReader.get(key) ?? [];
    const before = known.at(-1);
    const higher = (old: Known["highestVersion"] | undefined, value: number) =>
      old !== undefined && old.value >= value ? old : { value, attempt };
    const highestVersion = higher(before?.highestVersion, version);
    known.push({ t, highestVersion, highestSeq: higher(before?.highestSeq, seq) });
    byReader.set(key, known);
  }
  return byReader;
}

/** The last thing known before a moment, by bisection. */
function latestBefore(known: Known[], t: number): Known | undefined {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle]?.t ?? Number.POSITIVE_INFINITY) < t) low = middle + 1;
    else high = middle;
  }
  return known[low - 1];
}
