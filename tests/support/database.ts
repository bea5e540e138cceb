import { randomBytes } from "node:crypto";
import pg from "pg";

/** The migrated database that every suite's own is a copy of. Nothing connects to it, or it could not be copied. */
export const TEMPLATE = "parley_template";

export interface TestDatabase {
  url: string;
  pool: pg.Pool;
  /** Ends the pool and removes the database, whoever else is still connected. */
  drop(): Promise<void>;
}

/** A migrated database of one's own, in some 50 ms. */
export function createDatabase(): Promise<TestDatabase> {
  return create(TEMPLATE);
}

/** A database with nothing in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create("template0");
}

async function create(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onCluster(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(clusterUrl());
  url.pathname = name;
  const pool = new pg.Pool({ connectionString: url.href });
  pool.on("error", () => undefined);
  return {
    url: url.href,
    pool,
    async drop() {
      await pool.end();
      await onCluster(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onCluster(sql: string): Promise<void> {
  const client = new pg.Client(clusterUrl());
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function clusterUrl(): string {
  const url = process.env.TEST_CLUSTER_URL;
  if (url === undefined) throw new Error("No test cluster: run the tests by `npm test`, not one file by hand.");
  return url;
}
