import {
  type Apply,
  type End,
  type Entry,
  type Final,
  type Invoke,
  linesOf,
  type OfKind,
} from "@/tests/convergence/history";

/** One request on its way: what was asked, and what came of it. */
export interface Attempt {
  invoke: Invoke;
  end: End | null;
}

/** A message that somebody wanted sent: all attempts under one id, by one account, with one content. */
export interface LogicalSend {
  id: string;
  ch: string;
  account: string;
  body: string;
  attempts: Attempt[];
  outcome: "ok" | "fail" | "info";
}

/** Versions at which an account could read a channel: from its coming up to its going, both included. */
export interface Stay {
  from: number;
  to: number;
}

/** A history, indexed once for all checks. */
export interface Ledger {
  history: readonly Entry[];
  run: OfKind<"run">;
  attempts: Attempt[];
  sends: LogicalSend[];
  accountOf: ReadonlyMap<string, string>;
  /** The channels at the end, as the tables have them. */
  tables: ReadonlyMap<string, Final>;
  fetched: ReadonlyMap<string, Final>;
  /** By channel and account, joined by a space. */
  stays: ReadonlyMap<string, Stay[]>;
  /** When the last fault was over. */
  healedAt: number;
  /** When a revocation was acknowledged, by session. */
  revokedAt: ReadonlyMap<string, number>;
  applies: ReadonlyMap<string, Apply[]>;
}

export const pair = (one: string, other: string): string => `${one} ${other}`;

/** @throws Error where the lines without which nothing can be judged are missing */
export function openLedger(history: readonly Entry[]): Ledger {
  const [run] = linesOf(history, "run");
  if (run === undefined) throw new Error("The history does not begin with a line about its run.");
  const finals = linesOf(history, "final");
  const attempts = attemptsOf(history);
  const tables = new Map(finals.filter(({ source }) => source === "sql").map((final) => [final.ch, final]));
  return {
    history,
    run,
    attempts,
    sends: sendsOf(attempts),
    accountOf: new Map(linesOf(history, "client").map(({ client, account }) => [client, account])),
    tables,
    fetched: new Map(finals.filter(({ source }) => source === "fetch").map((final) => [final.ch, final])),
    stays: staysOf(tables.values()),
    healedAt: linesOf(history, "healed").at(-1)?.t ?? 0,
    revokedAt: revocationsOf(attempts),
    applies: grouped(linesOf(history, "apply"), ({ client, ch }) => pair(client, ch)),
  };
}

function attemptsOf(history: readonly Entry[]): Attempt[] {
  const attempts = new Map<number, Attempt>();
  for (const entry of history) {
    if (entry.kind === "invoke") attempts.set(entry.n, { invoke: entry, end: null });
    if (entry.kind !== "ok" && entry.kind !== "fail" && entry.kind !== "info") continue;
    const attempt = attempts.get(entry.n);
    if (attempt === undefined) throw new Error(`Operation ${entry.n} ended without having been asked for.`);
    attempt.end = entry;
  }
  return [...attempts.values()];
}

function sendsOf(attempts: Attempt[]): LogicalSend[] {
  const sends = new Map<string, LogicalSend>();
  for (const attempt of attempts) {
    const { op, id, ch, account, body = "" } = attempt.invoke;
    if (op !== "send" || id === undefined || ch === undefined) continue;
    const key = [id, account, ch, body].join(" ");
    const send = sends.get(key) ?? { id, ch, account, body, attempts: [], outcome: "fail" as const };
    send.attempts.push(attempt);
    send.outcome = outcomeOf(send.attempts);
    sends.set(key, send);
  }
  return [...sends.values()];
}

/** One positive answer settles it; one unknown leaves it open; only refusals alone are a refusal. */
function outcomeOf(attempts: Attempt[]): LogicalSend["outcome"] {
  if (attempts.some(({ end }) => end?.kind === "ok")) return "ok";
  return attempts.some(({ end }) => end?.kind !== "fail") ? "info" : "fail";
}

function staysOf(channels: Iterable<Final>): Map<string, Stay[]> {
  const stays = new Map<string, Stay[]>();
  for (const { ch, changes } of channels) {
    for (const { version, account, role } of changes.toSorted((a, b) => a.version - b.version)) {
      const key = pair(ch, account);
      const own = stays.get(key) ?? [];
      const open = own.at(-1);
      if (role !== null) own.push({ from: version, to: Number.POSITIVE_INFINITY });
      else if (open !== undefined) open.to = version;
      stays.set(key, own);
    }
  }
  return stays;
}

function revocationsOf(attempts: Attempt[]): Map<string, number> {
  const revoked = new Map<string, number>();
  for (const { invoke, end } of attempts) {
    if (invoke.op !== "revoke" || invoke.subject === undefined || end?.kind !== "ok") continue;
    revoked.set(invoke.subject, Math.min(revoked.get(invoke.subject) ?? Number.POSITIVE_INFINITY, end.t));
  }
  return revoked;
}

export function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group === undefined) groups.set(keyOf(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}

/** The lines of an attempt, for showing. */
export function linesOfAttempt({ invoke, end }: Attempt): Entry[] {
  return end === null ? [invoke] : [invoke, end];
}

/** Whether an account could read a channel when it stood at a version. */
export function couldRead(ledger: Ledger, ch: string, account: string, version: number): boolean {
  return (ledger.stays.get(pair(ch, account)) ?? []).some(({ from, to }) => from <= version && version <= to);
}
