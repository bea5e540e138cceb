import { runningDatabase } from "@/bin/seed/running-database";
import { closeDatabase, useDatabase as setDatabase } from "@/lib/db/database";
import { DataFolderInUse } from "@/lib/db/embedded/data-folder-lock";
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
    setDatabase(await runningDatabase(settings().dataDir));
    return closeDatabase;
  }
}
