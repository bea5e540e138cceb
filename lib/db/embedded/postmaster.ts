import { spawn } from "node:child_process";
import { open, readFile, readlink, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Binaries } from "@/lib/db/embedded/binaries";
import { postgresEnvironment } from "@/lib/db/embedded/cluster";
import { commandAs, type OsUser } from "@/lib/db/embedded/os-user";

/** The parent process of a running Postgres, whether this process started it or an earlier one that was killed. */
export interface Postmaster {
  pid: number;
  isAlive(): boolean;
}

/** A postmaster found running, with the port (or the number in its socket's name) that it listens on. */
export interface FoundPostmaster extends Postmaster {
  port: number;
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** The postmaster that runs on this cluster already, or null. */
export async function findPostmaster(cluster: string): Promise<FoundPostmaster | null> {
  const lines = (await readFile(pidFile(cluster), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!(pid > 1) || !(port > 0) || !isAlive(pid) || !(await worksIn(pid, cluster))) return null;
  return { pid, port, isAlive: () => isAlive(pid) };
}

/**
 * Starts Postgres on the cluster, in a session of its own so that Ctrl-C in the terminal does not reach it, with its
 * output appended to `logFile`. It may not answer yet, and may end again at once.
 */
export async function startPostmaster(
  cluster: string,
  logFile: string,
  binaries: Binaries,
  user: OsUser | null,
): Promise<Postmaster> {
  await disownPidFile(cluster);
  const command = await commandAs(user, binaries.postgres, ["-D", cluster], [binaries.postgres, cluster]);
  const log = await openLog(logFile);
  try {
    const child = spawn(command.file, command.args, {
      ...command.options,
      cwd: cluster,
      env: postgresEnvironment(),
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    const { pid } = child;
    if (pid === undefined) return await new Promise((_, reject) => child.once("error", reject));
    let ended = false;
    child.once("exit", () => {
      ended = true;
    });
    return { pid, isAlive: () => !ended };
  } finally {
    await log.close();
  }
}

/**
 * Stops the postmaster: its sessions are ended and everything is written (SIGINT), and if that takes more than
 * `patienceMs`, it is made to stop at once (SIGQUIT), which the next start repairs from its log.
 */
export async function stopPostmaster(postmaster: Postmaster, patienceMs: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!send(postmaster.pid, signal)) return;
    if (await hasEnded(postmaster, patienceMs)) return;
  }
}

/** Whether the postmaster ended within `patienceMs`. */
async function hasEnded(postmaster: Postmaster, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (postmaster.isAlive()) {
    if (Date.now() > deadline) return false;
    await wait(20);
  }
  return true;
}

/** Process ids are used again: only a process whose working folder is the cluster (Postgres goes there) is ours. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return folder === cluster;
}

/**
 * Postgres refuses to start while the process that postmaster.pid names is alive, even if that is a stranger with a
 * used-again id. Deleting the file would also delete the record of its shared memory, which is what keeps two servers
 * off one cluster while backends of a killed one linger. So the file stays and names us: Postgres takes its own parent
 * for no rival, and still checks the memory.
 */
async function disownPidFile(cluster: string): Promise<void> {
  const text = await readFile(pidFile(cluster), "utf8").catch(() => null);
  if (text === null) return;
  await writeFile(pidFile(cluster), text.replace(/^\d+/, String(process.pid)));
}

function pidFile(cluster: string): string {
  return join(cluster, "postmaster.pid");
}

async function openLog(file: string) {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
  return open(file, "a", 0o600);
}

function isAlive(pid: number): boolean {
  return send(pid, 0);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
