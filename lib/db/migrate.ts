import { createHash } from "node:crypto";
import pg from "pg";
import type { Logger } from "pino";
import { type MigrationFile, readMigrations } from "@/lib/db/migration-files";
import { newId } from "@/lib/shared/ids";

/** Any number that nobody else locks: Prisma's own is 72707369. */
const LOCK = 5_273_104_181;

/** Long statements are expected here, so the limits of ordinary work are off. */
const UNLIMITED = "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0";

/** The database cannot be used by this version of Parley. `message` says why and what to do. */
export class MigrationRefused extends Error {}

/**
 * Applies the migrations that the database lacks, each whole or not at all. Several servers may call it at once: one
 * works, the others wait. The record of what was applied is Prisma's, so that Prisma's tools understand it.
 *
 * @throws MigrationRefused when the database is of a newer Parley, or a migration failed
 */
export async function migrate(config: pg.ClientConfig, log: Logger): Promise<void> {
  const client = new pg.Client({ ...config, options: `${config.options ?? ""} ${UNLIMITED}`.trim() });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(HISTORY_TABLE);
    const pending = pendingMigrations(await readMigrations(), await readHistory(client));
    for (const migration of pending) {
      log.info({ migration: migration.name }, "applying a migration");
      await apply(client, migration);
    }
  } finally {
    await client.end();
  }
}

export interface AppliedMigration {
  name: string;
  finished: boolean;
}

/** Those of `files` that are yet to be applied, in order. @throws MigrationRefused */
export function pendingMigrations(files: MigrationFile[], history: AppliedMigration[]): MigrationFile[] {
  const failed = history.find(({ finished }) => !finished);
  if (failed !== undefined) {
    throw new MigrationRefused(
      `The migration ${failed.name} was left half-done: restore the backup that was made before it.`,
    );
  }
  const known = new Set(files.map(({ name }) => name));
  const unknown = history.find(({ name }) => !known.has(name));
  if (unknown !== undefined) {
    throw new MigrationRefused(
      `The database was used by a newer Parley (it has the migration ${unknown.name}): install that version.`,
    );
  }
  const applied = new Set(history.map(({ name }) => name));
  return files.filter(({ name }) => !applied.has(name));
}

const HISTORY_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

async function readHistory(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

async function apply(client: pg.Client, { name, sql }: MigrationFile): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [newId(), createHash("sha256").update(sql).digest("hex"), name],
    );
    await client.query("COMMIT");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationRefused(`The migration ${name} failed and changed nothing: ${reason}`);
  }
}
