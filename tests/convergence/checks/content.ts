import { type Entry, type Item, linesOf } from "@/tests/convergence/history";
import type { Ledger } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** What a line shows of messages. */
export function itemsIn(entry: Entry): Item[] {
  switch (entry.kind) {
    case "ok":
      return [
        ...(entry.item === undefined ? [] : [entry.item]),
        ...Object.values(entry.sights ?? {}).flatMap(({ items }) => items),
      ];
    case "live":
    case "final":
    case "state":
      return entry.items;
    default:
      return [];
  }
}

/** I6: whoever saw a version of a channel saw the same, and whoever saw a place saw the same message in it. */
export function disagreements(ledger: Ledger): Violation[] {
  const seen = new Map<string, { content: string; entry: Entry }>();
  const violations: Violation[] = [];
  const look = (key: string, content: string, entry: Entry) => {
    const first = seen.get(key);
    if (first === undefined) seen.set(key, { content, entry });
    else if (first.content !== content)
      violations.push({ invariant: "I6", what: `two contents were seen for ${key}`, evidence: [first.entry, entry] });
  };
  for (const { entry, epoch } of withEpoch(ledger.history)) {
    for (const { ch, version, seq, id, digest } of itemsIn(entry)) {
      // Version 0 stands for an answer that says nothing of what became of the message.
      if (version > 0) look(`version ${version} of ${ch} in ${epoch}`, digest, entry);
      look(`place ${seq} of ${ch} in ${epoch}`, id, entry);
    }
  }
  return violations;
}

/** Each line with the life of the database that whoever recorded it was in. */
function withEpoch(history: readonly Entry[]): { entry: Entry; epoch: string }[] {
  const epochs = new Map<string, string>();
  const clientOf = new Map(linesOf(history, "invoke").map(({ n, client }) => [n, client]));
  const last = linesOf(history, "final").at(-1)?.epoch ?? "";
  return history.map((entry) => {
    if (entry.kind === "link" && entry.epoch !== undefined) epochs.set(entry.client, entry.epoch);
    if (entry.kind === "final") return { entry, epoch: entry.epoch };
    if (entry.kind === "state") return { entry, epoch: last };
    const client = entry.kind === "ok" ? clientOf.get(entry.n) : "client" in entry ? entry.client : undefined;
    return { entry, epoch: epochs.get(client ?? "") ?? last };
  });
}
