import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/lib/db/generated/client";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

const config = singleton<{ current: pg.PoolConfig | null }>("db.config", () => ({ current: null }));

/**
 * No wait is without end: a database that hangs is answered for with `unavailable`, and the connection is thrown away. A
 * transaction whose process is gone or stuck does not hold its locks for others to wait at.
 */
const LIMITS = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  query_timeout: 15_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 30_000,
  keepAlive: true,
};

/** Says where the database is. Once, at boot, before anything reads. */
export function useDatabase(poolConfig: pg.PoolConfig): void {
  config.current = poolConfig;
}

/** The one connection pool of this process: raw SQL for the hot path and for reads that must be one statement. */
export function pool(): pg.Pool {
  return singleton("db.pool", () => {
    if (config.current === null) throw new Error("The database was used before boot said where it is.");
    const made = new pg.Pool({ ...LIMITS, ...config.current });
    // One that breaks before whoever took it listens tells that by its next query; unheard, it would end the process.
    made.on("connect", (client) => client.on("error", () => undefined));
    // The error carries its whole client; the connection is replaced at the next need.
    made.on("error", ({ message }) => {
      if (!made.ending) log().warn({ reason: message }, "an idle database connection was lost");
    });
    return made;
  });
}

/** The one Prisma client, on the same pool. */
export function prisma(): PrismaClient {
  return singleton("db.prisma", () => new PrismaClient({ adapter: new PrismaPg(pool()) }));
}

/**
 * Runs `work` in one READ COMMITTED transaction on one connection and returns its result after the commit.
 * Whatever `work` throws rolls everything back and is thrown on.
 */
export function transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return between("BEGIN", work);
}

/** Runs reads that must all see the same moment. */
export function readOnly<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return between("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
}

async function between<T>(begin: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  // A line that breaks between two statements says so by this event alone; unheard, it would be an uncaught exception.
  const lose = (error: Error) => {
    broken = error;
  };
  client.on("error", lose);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off("error", lose);
    client.release(broken);
  }
}

/** Closes both, at the very end of the process's life. */
export async function closeDatabase(): Promise<void> {
  await prisma().$disconnect();
  await pool().end();
}
