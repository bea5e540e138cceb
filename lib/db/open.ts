import type { Logger } from "pino";
import { claimDatabase } from "@/lib/db/claim";
import { closeDatabase, pool, useDatabase } from "@/lib/db/database";
import { startEmbedded } from "@/lib/db/embedded/embedded";
import { migrate } from "@/lib/db/migrate";
import type { Settings } from "@/lib/shared/settings";

/** What an acknowledgement rests on: with one of these off, a power cut loses what was acknowledged. */
const DURABILITY = ["fsync", "synchronous_commit", "full_page_writes"];

/**
 * Brings up the database (the embedded one, or the one at DATABASE_URL) with its migrations applied.
 *
 * @param say tells the operator what the wait is for
 * @returns closes the connections and, last of all, stops the embedded Postgres
 * @throws Error with one sentence for the operator
 */
export async function openDatabase(
  settings: Settings,
  log: Logger,
  say: (step: string) => void,
): Promise<() => Promise<void>> {
  const embedded = settings.databaseUrl === null ? await start(settings.dataDir, log, say) : null;
  try {
    const config = embedded?.config ?? { connectionString: settings.databaseUrl ?? "" };
    useDatabase(config);
    if (!settings.allowUnsafeDatabase) await checkDurability();
    const letGo = await claimDatabase(config, settings.redisUrl !== null, log);
    say("Applying migrations");
    await migrate(config, log);
    return async () => {
      await closeDatabase();
      await letGo();
      await embedded?.stop();
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function start(dataDir: string, log: Logger, say: (step: string) => void) {
  say(`Starting the embedded Postgres in ${dataDir}`);
  return startEmbedded({ dataDir, log });
}

async function checkDurability(): Promise<void> {
  const { rows } = await pool().query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)",
    [DURABILITY],
  );
  const off = rows.find(({ setting }) => setting === "off");
  if (off !== undefined) {
    throw new Error(
      `Postgres runs with ${off.name}=off, which can lose acknowledged messages. Turn it on, or set ALLOW_UNSAFE_DB=1.`,
    );
  }
}
