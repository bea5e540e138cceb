import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface MigrationFile {
  /** The folder's name; migrations are applied in the order of their names. */
  name: string;
  sql: string;
}

/** The migrations live below the project root, which every one of our processes has as its working folder. */
export function migrationsFolder(): string {
  return join(process.cwd(), "prisma", "migrations");
}

/** All migrations of this version of Parley, in the order in which they are applied. */
export async function readMigrations(): Promise<MigrationFile[]> {
  const folder = migrationsFolder();
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(join(folder, name, "migration.sql"), "utf8") })),
  );
}
