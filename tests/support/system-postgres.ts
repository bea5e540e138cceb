import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { type Binaries, findBinaries } from "@/lib/db/embedded/binaries";
import { commandAs, databaseUser, type OsUser } from "@/lib/db/embedded/os-user";
import { freePort } from "@/tests/support/free-port";

/** A Postgres of the test's own behind a port, as an operator's would be, durable, and empty. */
export interface SystemPostgres {
  port: number;
  /** Its one database, past whatever stands between. */
  pool: pg.Pool;
  /** The same, for whoever connects by another port. */
  urlBy(port: number): string;
  close(): Promise<void>;
}

const DEBIAN = "/usr/lib/postgresql";
const MOST_CONNECTIONS = 100;

/** Starts the machine's own Postgres, or the one that Parley brings where the machine has none. */
export async function startSystemPostgres(): Promise<SystemPostgres> {
  const [binaries, user, port] = await Promise.all([installedBinaries(), databaseUser(), freePort()]);
  const folder = await mkdtemp(join(tmpdir(), "parley-postgres-"));
  const cluster = join(folder, "cluster");
  await mkdir(cluster, { mode: 0o700 });
  for (const place of user === null ? [] : [folder, cluster]) await chown(place, user?.uid ?? 0, user?.gid ?? 0);
  await initialise(cluster, binaries, user);

  const server = await serve(cluster, port, binaries, user);
  const urlBy = (other: number) => `postgresql://parley@127.0.0.1:${other}/postgres`;
  const pool = new pg.Pool({ connectionString: urlBy(port) });
  pool.on("error", () => undefined);
  while (!(await answers(pool))) {
    if (server.process.exitCode !== null) throw new Error(`Postgres ended before it was ready:\n${server.printed()}`);
    await wait(50);
  }
  return {
    port,
    pool,
    urlBy,
    async close() {
      await pool.end();
      const ended = once(server.process, "exit");
      server.process.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function installedBinaries(): Promise<Binaries> {
  const versions = (await readdir(DEBIAN).catch(() => [])).toSorted((a, b) => Number(b) - Number(a));
  const newest = versions[0];
  if (newest === undefined) return await findBinaries();
  const folder = join(DEBIAN, newest, "bin");
  return { initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
}

async function initialise(cluster: string, binaries: Binaries, user: OsUser | null): Promise<void> {
  const args = ["-D", cluster, "-U", "parley", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const { file, args: all, options } = await commandAs(user, binaries.initdb, args, [binaries.initdb, cluster]);
  await promisify(execFile)(file, all, { ...options, cwd: cluster });
}

async function serve(cluster: string, port: number, binaries: Binaries, user: OsUser | null) {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: MOST_CONNECTIONS,
  };
  const args = ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const command = await commandAs(user, binaries.postgres, args, [binaries.postgres, cluster]);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: cluster,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return { process: child, printed: () => printed };
}

async function answers(pool: pg.Pool): Promise<boolean> {
  return await pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
}
