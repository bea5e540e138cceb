import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";

/** Connections of our own to the Postgres that a Parley started in its data folder. */
export async function embeddedPool(dataDir: string): Promise<pg.Pool> {
  const password = await readFile(join(dataDir, "postgres-password"), "utf8");
  const pool = new pg.Pool({ host: join(dataDir, "postgres"), user: "parley", database: "parley", password });
  // Connections break here, which is the point of it.
  pool.on("error", () => undefined);
  return pool;
}

/** The process that holds the cluster of a data folder. */
export async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
}

/** The postmaster and all its children: the whole of Postgres. */
export async function postgresPids(dataDir: string): Promise<number[]> {
  const postmaster = await postmasterPid(dataDir);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  return [postmaster, ...children.split(" ").filter(Boolean).map(Number)];
}

/** The processes that serve connections, our own not among them. */
export async function backendPids(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  return rows.map(({ pid }) => pid);
}
