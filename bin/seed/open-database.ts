import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { closeDatabase, useDatabase as setDatabase } from "@/lib/db/database";
import { chooseAddress } from "@/lib/db/embedded/address";
import { ROLE } from "@/lib/db/embedded/cluster";
import { DataFolderInUse } from "@/lib/db/embedded/data-folder-lock";
import { databaseUser } from "@/lib/db/embedded/os-user";
import { findPostmaster } from "@/lib/db/embedded/postmaster";
import { openDatabase } from "@/lib/db/open";
import { log } from "@/lib/shared/log";
import { settings } from "@/lib/shared/settings";

/**
 * Opens the database of this Parley for a command that may run beside the server: the one at DATABASE_URL, the embedded
 * one of a server that runs, or else the embedded one, started for the command.
 *
 * @returns closes what was opened, and nothing else
 */
export async function openBesideServer(say: (step: string) => void): Promise<() => Promise<void>> {
  try {
    return await openDatabase(settings(), log(), say);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    say("Parley is running: using its database");
    await openRunning(settings().dataDir);
    return closeDatabase;
  }
}

async function openRunning(dataDir: string): Promise<void> {
  const folder = await realpath(dataDir);
  const cluster = join(folder, "postgres");
  const postmaster = await findPostmaster(cluster);
  if (postmaster === null) throw new Error("Parley is starting or stopping: try again when it is ready.");
  const address = await chooseAddress(cluster, await databaseUser(), postmaster.port);
  setDatabase({
    host: address.kind === "socket" ? address.folder : "127.0.0.1",
    port: address.port,
    user: ROLE,
    password: await readFile(join(folder, "postgres-password"), "utf8"),
    database: ROLE,
  });
}
