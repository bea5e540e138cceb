import pg from "pg";
import type { Logger } from "pino";

/** Any number that nobody else locks; the migrations lock another. */
const CLAIM = 5_273_104_182;
const TRIES = 20;
const PAUSE_MS = 500;

/** Two processes that do not know of each other serve one database. `message` says what to do. */
export class DatabaseTaken extends Error {}

const TAKEN =
  "Another Parley serves this database. Stop it, or give both the same REDIS_URL, so that each tells its people what the other's say.";

/**
 * Claims the database for this process alone, or, for a node among several, together with others that share it.
 *
 * The claim is an advisory lock of a connection of its own, so it ends with the process, however that ends. One that
 * has just been killed may hold it for a moment: hence the patience. A connection that is lost is made again.
 *
 * @returns lets go of it
 * @throws DatabaseTaken
 */
export async function claimDatabase(
  config: pg.ClientConfig,
  shared: boolean,
  log: Logger,
): Promise<() => Promise<void>> {
  let client: pg.Client | null = null;
  let ended = false;

  async function claim(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      client = await lockOn(config, shared, renew);
      if (client !== null) return;
      if (tries === TRIES) throw new DatabaseTaken(TAKEN);
      if (tries === 1) log.warn("another Parley holds the database; waiting for it to let go");
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  function renew(): void {
    if (ended) return;
    setTimeout(() => {
      if (ended) return;
      claim().catch((error: unknown) => {
        log.error({ err: error }, "the claim on the database was lost and is not to be had again yet");
        renew();
      });
    }, PAUSE_MS).unref();
  }

  await claim();
  return async () => {
    ended = true;
    await client?.end();
  };
}

/** A connection that holds the lock; null where somebody else holds it. `onLost` is called when it breaks. */
async function lockOn(config: pg.ClientConfig, shared: boolean, onLost: () => void): Promise<pg.Client | null> {
  const client = new pg.Client({ ...config, keepAlive: true });
  let lost = false;
  client.on("error", () => {
    if (!lost) onLost();
    lost = true;
  });
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>(
    shared ? "SELECT pg_try_advisory_lock_shared($1) AS taken" : "SELECT pg_try_advisory_lock($1) AS taken",
    [CLAIM],
  );
  if (rows[0]?.taken === true) return client;
  lost = true;
  await client.end();
  return null;
}
