import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { chooseAddress } from "@/lib/db/embedded/address";
import { ROLE } from "@/lib/db/embedded/cluster";
import { databaseUser } from "@/lib/db/embedded/os-user";
import { findPostmaster } from "@/lib/db/embedded/postmaster";

/** How to reach the embedded Postgres that a running Parley has in `dataDir`. @throws Error where none runs */
export async function runningDatabase(dataDir: string): Promise<pg.ClientConfig> {
  const folder = await realpath(dataDir);
  const cluster = join(folder, "postgres");
  const postmaster = await findPostmaster(cluster);
  if (postmaster === null) throw new Error("Parley is starting or stopping: try again when it is ready.");
  const address = await chooseAddress(cluster, await databaseUser(), postmaster.port);
  return {
    host: address.kind === "socket" ? address.folder : "127.0.0.1",
    port: address.port,
    user: ROLE,
    password: await readFile(join(folder, "postgres-password"), "utf8"),
    database: ROLE,
  };
}
