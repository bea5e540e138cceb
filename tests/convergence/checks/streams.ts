import { type Apply, linesOf } from "@/tests/convergence/history";
import { grouped, type Ledger, pair } from "@/tests/convergence/ledger";
import type { Violation } from "@/tests/convergence/violation";

/** How long after the last fault, and the last change, a client may still be behind. */
export const LEVEL_AGAIN_MS = 15_000;
const CHANGING = new Set(["send", "edit", "delete", "react", "pin", "unpreview", "join", "kick"]);

/** I4 and I5 inside a client: each channel is taken in as one run of versions, from where it began, each once. */
export function brokenRuns(ledger: Ledger): Violation[] {
  return [...ledger.applies.values()].flatMap((applies) => {
    let cursor: number | null = null;
    let before: Apply | undefined;
    return applies.flatMap((apply): Violation[] => {
      const evidence = before === undefined ? [apply] : [before, apply];
      const { client, ch, from, to } = apply;
      const at = cursor;
      before = apply;
      cursor = apply.what === "stop" ? null : to;
      if (apply.what !== "changes") return [];
      if (at === null || from < at)
        return [{ invariant: "I5", what: `${client} took ${from}..${to} of ${ch} while it held ${at}`, evidence }];
      if (from > at) return [{ invariant: "I4", what: `${client} skipped ${at}..${from} of ${ch}`, evidence }];
      return [];
    });
  });
}

/** I4: soon after the last fault every client is level with every channel that it may read. */
export function leftBehind(ledger: Ledger): Violation[] {
  const deadline = levelSince(ledger) + LEVEL_AGAIN_MS;
  return livingClients(ledger).flatMap(({ client, account }) =>
    [...ledger.tables.values()].flatMap(({ ch, version, members }): Violation[] => {
      if (!members.includes(account)) return [];
      const applies = ledger.applies.get(pair(client, ch)) ?? [];
      const last = applies.at(-1);
      const evidence = last === undefined ? [] : [last];
      const behind = (what: string): Violation[] => [{ invariant: "I4", what: `${client} ${what}`, evidence }];
      if (last === undefined || last.what === "stop") return behind(`does not follow ${ch}, of which it is a member`);
      if (last.to < version) return behind(`stands at ${last.to} of ${ch}, which stands at ${version}`);
      if (last.t > deadline) return behind(`was level with ${ch} only ${Math.round(last.t - deadline)} ms too late`);
      return [];
    }),
  );
}

/** How long after the last fault the last client took in the last change, in milliseconds. */
export function worstTimeToHeal(ledger: Ledger): number {
  const levels = livingClients(ledger).flatMap(({ client }) =>
    [...ledger.tables.keys()].flatMap((ch) => ledger.applies.get(pair(client, ch))?.at(-1)?.t ?? []),
  );
  return levels.reduce((worst, t) => Math.max(worst, t - ledger.healedAt), 0);
}

/** I5 on the wire: one connection to one node hears each channel forwards only. Nodes may interleave. */
export function backwardsLive(ledger: Ledger): Violation[] {
  if (ledger.run.nodes > 1) return [];
  // An event without a step says only how far the channel has come.
  const told = linesOf(ledger.history, "live").filter(({ from, to }) => from < to);
  const streams = grouped(told, ({ link, ch }) => pair(link, ch));
  return [...streams.values()].flatMap((stream) =>
    stream.flatMap((live, index): Violation[] => {
      const before = stream[index - 1];
      if (before === undefined || live.from >= before.to) return [];
      const what = `${live.client} heard ${live.from}..${live.to} of ${live.ch} after ${before.from}..${before.to}`;
      return [{ invariant: "I5", what, evidence: [before, live] }];
    }),
  );
}

/** The clients that lived through the run: those whose state was taken at the end. */
export function livingClients(ledger: Ledger): { client: string; account: string }[] {
  const clients = new Set(linesOf(ledger.history, "state").map(({ client }) => client));
  return [...clients].map((client) => ({ client, account: ledger.accountOf.get(client) ?? client }));
}

function levelSince(ledger: Ledger): number {
  const changes = ledger.attempts.flatMap(({ invoke, end }) =>
    end?.kind === "ok" && CHANGING.has(invoke.op) ? [end.t] : [],
  );
  return changes.reduce((latest, t) => Math.max(latest, t), ledger.healedAt);
}
