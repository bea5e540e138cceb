/** `npm run migration -- <name>`: writes the migration that leads from the present ones to prisma/schema.prisma. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { startEmbedded } from "@/lib/db/embedded/embedded";
import { migrationsFolder, readMigrations } from "@/lib/db/migration-files";
import { schemaDifference } from "@/lib/db/schema-difference";

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Usage: npm run migration -- name_in_snake_case");
  process.exit(2);
}

const dataDir = await mkdtemp(join(tmpdir(), "parley-migration-"));
const postgres = await startEmbedded({ dataDir, log: pino({ level: "warn" }) });
try {
  const migrations = await readMigrations();
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const sql = await schemaDifference(postgres.config, migrations, schema);
  if (sql === null) {
    console.log("The migrations add up to prisma/schema.prisma already.");
  } else {
    const next = Number(migrations.at(-1)?.name.split("_")[0] ?? 0) + 1;
    const folder = join(migrationsFolder(), `${String(next).padStart(14, "0")}_${name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "migration.sql"), sql);
    console.log(`Written: ${join(folder, "migration.sql")}. Read it before you commit it.`);
  }
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
