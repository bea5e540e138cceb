import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import pino from "pino";
import { type EmbeddedPostgres, startEmbedded } from "@/lib/db/embedded/embedded";

const log = pino({ level: "silent" });

/** mkdtemp's folders are closed to other users, as /root is: the hard case for a Postgres that runs as another user. */
const folders: string[] = [];
const running: EmbeddedPostgres[] = [];

function newFolder(): string {
  const folder = mkdtempSync("/tmp/parley-embedded-");
  folders.push(folder);
  return folder;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const started = await startEmbedded({ dataDir, log });
  running.push(started);
  return started;
}

async function query(postgres: EmbeddedPostgres, sql: string): Promise<unknown[][]> {
  const client = new pg.Client(postgres.config);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(20);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Brings Postgres up in another process of ours and kills that process at once. Returns the orphan's pid. */
function leaveAnOrphan(dataDir: string): number {
  const script = `
    import pino from "pino";
    const { startEmbedded } = await import("./lib/db/embedded/embedded.ts");
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: pino({ level: "silent" }) });
    process.kill(process.pid, "SIGKILL");
  `;
  try {
    execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], { stdio: "pipe" });
  } catch (error) {
    expect(error).toMatchObject({ signal: "SIGKILL" });
  }
  return postmasterPid(dataDir);
}

afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("the first start makes a durable UTF-8 database that the second start finds again", async () => {
  const dataDir = join(newFolder(), "data");
  const first = await start(dataDir);
  expect(
    await query(
      first,
      `SELECT current_setting('server_encoding'), current_setting('data_checksums'), current_setting('fsync'),
              current_setting('synchronous_commit'), current_setting('full_page_writes'), lower('ÄÖΣ'), current_user`,
    ),
  ).toEqual([["UTF8", "on", "on", "on", "on", "äöσ", "parley"]]);
  await query(first, "CREATE TABLE kept AS SELECT 'still here' AS word");
  await first.stop();

  expect(await query(await start(dataDir), "SELECT word FROM kept")).toEqual([["still here"]]);
});

test("nobody connects without the password, and Parley's own role is no superuser", async () => {
  const postgres = await start(newFolder());
  const intruder = { ...postgres.config, password: "guess" };
  await expect(new pg.Client(intruder).connect()).rejects.toMatchObject({ code: "28P01" });
  await expect(new pg.Client({ ...intruder, user: "postgres" }).connect()).rejects.toMatchObject({ code: "28000" });
  expect(await query(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toEqual([[false]]);
  expect(await query(postgres, "SHOW listen_addresses")).toEqual([[""]]);
});

test("a data folder with a long path works, though a socket's path must be short", async () => {
  const dataDir = join(newFolder(), "a-folder-with-a-long-name".repeat(5), "data");
  expect(await query(await start(dataDir), "SELECT 1")).toEqual([[1]]);
});

test("a Postgres that outlived a killed Parley is adopted, and stopped in the end", async () => {
  const dataDir = newFolder();
  const orphan = leaveAnOrphan(dataDir);
  expect(isAlive(orphan)).toBe(true);
  const postgres = await start(dataDir);
  expect(postmasterPid(dataDir)).toBe(orphan);
  expect(await query(postgres, "SELECT 1")).toEqual([[1]]);
  await postgres.stop();
  expect(isAlive(orphan)).toBe(false);
});

test("when all was killed at once, the next start recovers by itself", async () => {
  const dataDir = newFolder();
  const orphan = leaveAnOrphan(dataDir);
  process.kill(orphan, "SIGKILL");
  expect(await query(await start(dataDir), "SELECT 1")).toEqual([[1]]);
  expect(postmasterPid(dataDir)).not.toBe(orphan);
});

test("a stranger that got the dead postmaster's process id does not keep Postgres from starting", async () => {
  const dataDir = newFolder();
  const orphan = leaveAnOrphan(dataDir);
  process.kill(orphan, "SIGKILL");
  await until(() => !isAlive(orphan));
  const file = join(dataDir, "postgres", "postmaster.pid");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(process.ppid)));
  expect(await query(await start(dataDir), "SELECT 1")).toEqual([[1]]);
});

test("a Postgres that dies while Parley runs is started again, as often as it dies", async () => {
  const dataDir = newFolder();
  const postgres = await start(dataDir);
  await query(postgres, "CREATE TABLE kept AS SELECT 1 AS number");
  for (let time = 0; time < 2; time += 1) {
    const pid = postmasterPid(dataDir);
    process.kill(pid, "SIGKILL");
    await until(() =>
      query(postgres, "SELECT 1").then(
        () => postmasterPid(dataDir) !== pid,
        () => false,
      ),
    );
  }
  expect(await query(postgres, "SELECT number FROM kept")).toEqual([[1]]);
  const last = postmasterPid(dataDir);
  await postgres.stop();
  expect(isAlive(last)).toBe(false);
});

test("a second Parley on the same data folder is told that one runs already", async () => {
  const dataDir = newFolder();
  await start(dataDir);
  await expect(start(dataDir)).rejects.toThrow(
    `Parley already runs on ${dataDir} (process ${process.pid}): stop it first.`,
  );
});
