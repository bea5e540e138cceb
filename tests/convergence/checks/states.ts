import { type Final, type Item, linesOf, type OfKind } from "@/tests/convergence/history";
import type { Ledger } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** I7: what is fetched anew is what the tables hold, all of it. */
export function staleFetches(ledger: Ledger): Violation[] {
  return [...ledger.tables.values()].flatMap((table) => {
    const fetched = ledger.fetched.get(table.ch);
    const differ = (what: string): Violation[] => [{ invariant: "I7", what, evidence: [] }];
    if (fetched === undefined) return differ(`${table.ch} is in the tables and not served`);
    if (fetched.version !== table.version || fetched.lastSeq !== table.lastSeq)
      return differ(`${fetched.ch} is served at ${fetched.version}, and stands at ${table.version} in the tables`);
    if (fetched.members.toSorted().join() !== table.members.toSorted().join())
      return differ(`${fetched.ch} is served with other members than the tables have`);
    return differences(fetched.items, table).flatMap(differ);
  });
}

/** I7: what a client holds after all that it went through is what a fresh one is told. */
export function divergedStates(ledger: Ledger): Violation[] {
  return linesOf(ledger.history, "state").flatMap((state) => {
    const table = ledger.tables.get(state.ch);
    if (table === undefined || !table.members.includes(ledger.accountOf.get(state.client) ?? "")) return [];
    return faultsOf(state, table).map((what): Violation => {
      const applies = ledger.applies.get(`${state.client} ${state.ch}`) ?? [];
      return { invariant: "I7", what: `${state.client} holds ${what}`, evidence: applies.slice(-2) };
    });
  });
}

function faultsOf({ ch, version, items, reachesEnd, unsent, list }: OfKind<"state">, table: Final): string[] {
  const faults = differences(items, table, items[0]?.seq ?? table.lastSeq + 1);
  if (version !== table.version) faults.push(`${ch} as of ${version}, not ${table.version}`);
  if (reachesEnd && (items.at(-1)?.seq ?? 0) !== table.lastSeq)
    faults.push(`${ch} up to place ${items.at(-1)?.seq ?? 0}, not ${table.lastSeq}`);
  const stored = new Set(table.items.map(({ id }) => id));
  const late = unsent.filter((id) => stored.has(id));
  if (late.length > 0) faults.push(`${late.join(", ")} as unsent, which is stored`);
  if (list !== undefined && (list.lastSeq !== table.lastSeq || list.memberCount !== table.members.length))
    faults.push(`${ch} in its list with ${list.lastSeq} messages and ${list.memberCount} members`);
  return faults;
}

/** The first place, from `first` on, at which a run of messages is not the channel's. */
function differences(run: readonly Item[], { ch, items }: Final, first = 1): string[] {
  const bySeq = new Map(items.map((item) => [item.seq, item]));
  for (const [index, held] of run.entries()) {
    if (held.seq !== first + index) return [`place ${held.seq} of ${ch} where ${first + index} should be`];
    const real = bySeq.get(held.seq);
    if (real?.digest !== held.digest) return [`another message at place ${held.seq} of ${ch} than is stored there`];
  }
  return [];
}
