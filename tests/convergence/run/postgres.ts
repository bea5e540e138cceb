import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import { startEmbedded } from "@/lib/db/embedded/embedded";
import { createDatabase } from "@/tests/support/database";
import { postgresPids } from "@/tests/support/embedded-postgres";

export interface Postgres {
  url: string;
  pool: pg.Pool;
  /** Its processes of this moment, the parent of all first. */
  processes(): Promise<number[]>;
  close(): Promise<void>;
}

/** A Postgres of one's own, which may be harmed. */
export async function openOwnPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "parley-history-"));
  // It is killed on purpose, and says so each time.
  const postgres = await startEmbedded({ dataDir, log: pino({ level: "silent" }) });
  // A line to a Postgres that dies may never answer.
  const limits = { max: 2, connectionTimeoutMillis: 5_000, query_timeout: 20_000 };
  const pool = new pg.Pool({ connectionString: postgres.url, ...limits });
  pool.on("error", () => undefined);
  return {
    url: postgres.url,
    pool,
    processes: () => postgresPids(dataDir),
    async close() {
      await pool.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A database in the Postgres of a test run, which is others' as well. */
export async function shareTestPostgres(): Promise<Postgres> {
  const { url, pool, drop } = await createDatabase();
  const processes = () => Promise.reject(new Error("This Postgres is not to be harmed."));
  return { url, pool, processes, close: drop };
}
