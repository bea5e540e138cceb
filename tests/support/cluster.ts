/** One Postgres for the whole run, in a folder of its own, with a migrated database that the suites copy. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import { type EmbeddedPostgres, startEmbedded } from "@/lib/db/embedded/embedded";
import { migrate } from "@/lib/db/migrate";
import { TEMPLATE } from "@/tests/support/database";

const log = pino({ level: "warn" });
let cluster: { postgres: EmbeddedPostgres; dataDir: string } | undefined;

export async function startCluster(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "parley-tests-"));
  const postgres = await startEmbedded({ dataDir, log });
  cluster = { postgres, dataDir };
  process.env.TEST_CLUSTER_URL = postgres.url;
  const client = new pg.Client(postgres.config);
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  await migrate({ ...postgres.config, database: TEMPLATE }, log);
}

export async function stopCluster(): Promise<void> {
  await cluster?.postgres.stop();
  if (cluster !== undefined) await rm(cluster.dataDir, { recursive: true, force: true });
}
