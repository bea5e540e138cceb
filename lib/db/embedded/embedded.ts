import { mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Logger } from "pino";
import { chooseAddress } from "@/lib/db/embedded/address";
import { findBinaries } from "@/lib/db/embedded/binaries";
import { ensureCluster, ROLE } from "@/lib/db/embedded/cluster";
import { writeClusterSettings } from "@/lib/db/embedded/cluster-settings";
import { lockDataFolder } from "@/lib/db/embedded/data-folder-lock";
import { databaseUser } from "@/lib/db/embedded/os-user";
import { findPostmaster } from "@/lib/db/embedded/postmaster";
import { supervise } from "@/lib/db/embedded/supervisor";

export interface EmbeddedPostgres {
  /** For programs that want a connection string; it holds the password. */
  url: string;
  config: { host: string; port: number; user: string; password: string; database: string };
  /** Stops Postgres, waits until it has gone (10 s at most in practice), and gives the data folder free. */
  stop(): Promise<void>;
}

/**
 * Brings up the embedded Postgres under `dataDir`, making both at the first call, and keeps it up until `stop`.
 *
 * @throws DataFolderInUse when another Parley runs on `dataDir`
 * @throws Error when Postgres cannot be made or started, with what the operator can do
 */
export async function startEmbedded({ dataDir, log }: { dataDir: string; log: Logger }): Promise<EmbeddedPostgres> {
  // Passable but not listable: under root, Postgres reaches its own folder below as another user.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const folder = await realpath(dataDir);
  const lock = await lockDataFolder(folder);
  try {
    const cluster = join(folder, "postgres");
    const [binaries, user] = await Promise.all([findBinaries(), databaseUser()]);
    const password = await ensureCluster(cluster, join(folder, "postgres-password"), binaries, user);
    const orphan = await findPostmaster(cluster);
    const address = await chooseAddress(cluster, user, orphan?.port);
    if (orphan === null) await writeClusterSettings(cluster, address);

    const host = address.kind === "socket" ? address.folder : "127.0.0.1";
    const config = { host, port: address.port, user: ROLE, password, database: ROLE };
    const supervisor = await supervise({
      cluster,
      logFile: join(folder, "postgres.log"),
      binaries,
      user,
      orphan,
      answers: () => answers(config),
      log,
    });
    return {
      url: `postgresql://${ROLE}:${password}@localhost:${config.port}/${ROLE}?host=${encodeURIComponent(host)}`,
      config,
      async stop() {
        await supervisor.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function answers(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code === "28P01") throw new Error("The embedded Postgres does not take its password file's password.");
    return code === "53300";
  } finally {
    await client.end().catch(() => undefined);
  }
}
