import { linesOf, type OfKind } from "@/tests/convergence/history";
import { type Attempt, couldRead, grouped, type Ledger, linesOfAttempt, pair } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** I9: nothing that an account is told or answered lies outside its stays in the channel, counted in versions. */
export function deliveriesAcrossTheCut(ledger: Ledger): Violation[] {
  const across = (what: string, evidence: Violation["evidence"]): Violation => ({ invariant: "I9", what, evidence });
  const may = (client: string, ch: string, version: number) =>
    couldRead(ledger, ch, ledger.accountOf.get(client) ?? "", version);
  const removals = removalsOf(ledger);
  return [
    ...linesOf(ledger.history, "live").flatMap((live) => {
      if (may(live.client, live.ch, live.to)) return [];
      const own = removals.get(pair(live.ch, ledger.accountOf.get(live.client) ?? "")) ?? [];
      const last = own.findLast(({ invoke }) => invoke.t < live.t);
      const evidence = [...(last === undefined ? [] : linesOfAttempt(last)), live];
      return [across(`${live.client} heard ${live.to} of ${live.ch}, which it could not read then`, evidence)];
    }),
    ...linesOf(ledger.history, "heads").flatMap((heads) =>
      Object.entries(heads.versions).flatMap(([ch, version]) =>
        may(heads.client, ch, version) || cameBackAbove(ledger, heads, ch, version)
          ? []
          : [across(`${heads.client} was told of ${version} of ${ch}, which it could not read then`, [heads])],
      ),
    ),
    ...ledger.attempts.flatMap((attempt) =>
      Object.entries(attempt.end?.sights ?? {}).flatMap(([ch, { version }]) =>
        couldRead(ledger, ch, attempt.invoke.account, version)
          ? []
          : [
              across(
                `${attempt.invoke.client} was answered ${version} of ${ch}, no member then`,
                linesOfAttempt(attempt),
              ),
            ],
      ),
    ),
    ...linesOf(ledger.history, "state").flatMap((state) => {
      const stray = state.items.find(({ version }) => !heldRightly(ledger, state.client, state.ch, version));
      const what = `${state.client} holds version ${stray?.version} of ${state.ch}, which it could not read then`;
      return stray === undefined ? [] : [across(what, [])];
    }),
  ];
}

/** A head may be from before one came back: a member may know that. */
function cameBackAbove(ledger: Ledger, { client, t }: OfKind<"heads">, ch: string, version: number): boolean {
  const last = ledger.applies.get(pair(client, ch))?.findLast((apply) => apply.t < t && apply.what !== "changes");
  return last !== undefined && last.what !== "stop" && last.to > version;
}

/** By channel and account, in the order asked for. */
function removalsOf(ledger: Ledger): Map<string, Attempt[]> {
  return grouped(
    ledger.attempts.filter(({ invoke }) => invoke.op === "kick"),
    ({ invoke }) => pair(invoke.ch ?? "", invoke.subject ?? ""),
  );
}

/** A member may read what was said before it came, so only what lies after its last going is not its to hold. */
function heldRightly(ledger: Ledger, client: string, ch: string, version: number): boolean {
  const stays = ledger.stays.get(pair(ch, ledger.accountOf.get(client) ?? "")) ?? [];
  return version <= (stays.at(-1)?.to ?? 0);
}

/** I9: between a removal's acknowledgement and the next attempt to come back, nothing that one asks is granted. */
export function grantedToTheRemoved(ledger: Ledger): Violation[] {
  const comings = grouped(
    ledger.attempts.filter(({ invoke }) => invoke.op === "join"),
    ({ invoke }) => pair(invoke.ch ?? "", invoke.subject ?? ""),
  );
  const asked = grouped(ledger.attempts, ({ invoke }) => pair(invoke.ch ?? "", invoke.account));
  return ledger.attempts.flatMap((removal) => {
    const { op, ch, subject } = removal.invoke;
    if (op !== "kick" || ch === undefined || subject === undefined || removal.end?.kind !== "ok") return [];
    const gone = removal.end.t;
    const joins = comings.get(pair(ch, subject)) ?? [];
    if (joins.some((join) => mayTakeEffectAfter(join, removal.invoke.t) && join.invoke.t < gone)) return [];
    const back = Math.min(...joins.map(({ invoke }) => invoke.t).filter((t) => t >= gone), Number.POSITIVE_INFINITY);
    return (asked.get(pair(ch, subject)) ?? []).flatMap((attempt): Violation[] => {
      const { invoke, end } = attempt;
      if (invoke.t <= gone || end?.kind !== "ok" || end.t >= back) return [];
      // An own message that is sent again is answered for ever, as the contract says.
      if (invoke.op === "join" || invoke.op === "send") return [];
      const what = `${subject} was removed from ${ch}, and a ${invoke.op} of later was granted`;
      return [{ invariant: "I9", what, evidence: [removal, attempt].flatMap(linesOfAttempt) }];
    });
  });
}

/** I9: no message is stored whose author was no member at its version. What was changed since carries a later one. */
export function writtenByStrangers(ledger: Ledger): Violation[] {
  const changed = new Set(
    ledger.attempts.flatMap(({ invoke }) => (invoke.op === "send" || invoke.id === undefined ? [] : [invoke.id])),
  );
  return [...ledger.tables.values()].flatMap(({ ch, items }) =>
    items.flatMap((item): Violation[] => {
      if (changed.has(item.id) || couldRead(ledger, ch, item.author, item.version)) return [];
      const send = ledger.sends.find(({ id }) => id === item.id);
      // What nobody sent is told by the check of sends.
      if (send === undefined) return [];
      const what = `message ${item.id} was stored though its author was no member`;
      return [{ invariant: "I9", what, evidence: send.attempts.flatMap(linesOfAttempt) }];
    }),
  );
}

function mayTakeEffectAfter({ end }: Attempt, t: number): boolean {
  return end === null || end.kind === "info" || (end.kind === "ok" && end.t > t);
}
