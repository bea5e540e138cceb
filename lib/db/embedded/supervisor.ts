import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Binaries } from "@/lib/db/embedded/binaries";
import type { OsUser } from "@/lib/db/embedded/os-user";
import { type Postmaster, startPostmaster, stopPostmaster } from "@/lib/db/embedded/postmaster";

export interface Supervised {
  cluster: string;
  logFile: string;
  binaries: Binaries;
  user: OsUser | null;
  /** The postmaster that an earlier Parley left behind on this cluster. */
  orphan: Postmaster | null;
  /** Whether Postgres accepts a connection with our password now. @throws Error when it never will */
  answers(): Promise<boolean>;
  log: Logger;
}

export interface Supervisor {
  /** Stops Postgres and waits until it has gone. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** Backends of a killed postmaster hold its memory for some seconds, and so long a new one ends at once. */
const ATTEMPTS_AT_START = 10;
const STOP_PATIENCE_MS = 5_000;
const WATCH_INTERVAL_MS = 250;
const NOTICE_AFTER_MS = 10_000;

/**
 * Keeps exactly one Postgres running on the cluster: adopts the orphan, else starts one, and starts another whenever
 * it dies. Resolves when the first one answers.
 *
 * @throws Error when Postgres cannot be started, naming its log
 */
export async function supervise(what: Supervised): Promise<Supervisor> {
  const stopping = new AbortController();
  const first = (await adopt(what, stopping.signal)) ?? (await startFirst(what, stopping.signal));
  const watching = watch(first, what, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

async function adopt(what: Supervised, stopping: AbortSignal): Promise<Postmaster | null> {
  if (what.orphan === null || !(await comesUp(what.orphan, what, stopping))) return null;
  what.log.info({ postmaster: what.orphan.pid }, "adopted the Postgres that an earlier Parley left running");
  return what.orphan;
}

async function startFirst(what: Supervised, stopping: AbortSignal): Promise<Postmaster> {
  for (let attempt = 1; attempt <= ATTEMPTS_AT_START; attempt += 1) {
    const started = await start(what, stopping);
    if (started !== null) return started;
    await pause(attempt, stopping);
  }
  throw new Error(`Postgres does not start: its log is ${what.logFile}.`);
}

/** Ends when the signal was given and the postmaster of that moment has gone. */
async function watch(first: Postmaster, what: Supervised, stopping: AbortSignal): Promise<void> {
  let postmaster: Postmaster | null = first;
  let failures = 0;
  while (!stopping.aborted) {
    if (postmaster?.isAlive()) {
      await rest(WATCH_INTERVAL_MS, stopping);
      continue;
    }
    if (failures === 0) what.log.error("Postgres died; starting it again");
    postmaster = await start(what, stopping).catch((error: Error) => {
      what.log.error({ err: error }, "Postgres could not be started");
      return null;
    });
    failures = postmaster === null ? failures + 1 : 0;
    if (postmaster === null) await pause(failures, stopping);
  }
  if (postmaster?.isAlive()) await stopPostmaster(postmaster, STOP_PATIENCE_MS);
}

/** Starts a postmaster and waits until it answers; null if it ended instead. A stop meanwhile returns it as it is. */
async function start(what: Supervised, stopping: AbortSignal): Promise<Postmaster | null> {
  const postmaster = await startPostmaster(what.cluster, what.logFile, what.binaries, what.user);
  try {
    await comesUp(postmaster, what, stopping);
    return postmaster.isAlive() ? postmaster : null;
  } catch (error) {
    await stopPostmaster(postmaster, STOP_PATIENCE_MS);
    throw error;
  }
}

/** Waits, for as long as the process lives (repairing a large database takes its time), until Postgres answers. */
async function comesUp(postmaster: Postmaster, what: Supervised, stopping: AbortSignal): Promise<boolean> {
  const began = Date.now();
  let noticed = false;
  let interval = 20;
  while (postmaster.isAlive() && !stopping.aborted) {
    if (await what.answers()) return true;
    if (!noticed && Date.now() - began > NOTICE_AFTER_MS) {
      noticed = true;
      what.log.warn({ log: what.logFile }, "Postgres is not ready yet; after a crash it repairs itself first");
    }
    await rest(interval, stopping);
    interval = Math.min(interval * 1.2, 500);
  }
  return false;
}

function pause(attempt: number, stopping: AbortSignal): Promise<void> {
  return rest(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS), stopping);
}

/** Waits, or less if the signal is given. */
async function rest(ms: number, stopping: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal: stopping }).catch(() => undefined);
}
