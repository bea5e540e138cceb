import { readFile } from "node:fs/promises";
import pg from "pg";
import pino from "pino";
import { migrate, pendingMigrations } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migration-files";
import { schemaDifference } from "@/lib/db/schema-difference";
import { createEmptyDatabase, type TestDatabase } from "@/tests/support/database";

const log = pino({ level: "silent" });
let database: TestDatabase;

beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(() => database.drop());

test("the migrations add up to the Prisma schema, so `npm run migration` was not forgotten", async () => {
  const schema = await readFile("prisma/schema.prisma", "utf8");
  expect(await schemaDifference({ connectionString: database.url }, await readMigrations(), schema)).toBeNull();
});

test("a change of the Prisma schema shows as the SQL that makes it", async () => {
  const schema = (await readFile("prisma/schema.prisma", "utf8")).replace(
    "model Account {",
    "model Account {\n mood String?",
  );
  const sql = await schemaDifference({ connectionString: database.url }, await readMigrations(), schema);
  expect(sql).toContain('ALTER TABLE "accounts" ADD COLUMN     "mood" TEXT');
});

test("two servers that start at once apply each migration once", async () => {
  const config = { connectionString: database.url };
  await Promise.all([migrate(config, log), migrate(config, log)]);
  await migrate(config, log);
  const { rows } = await database.pool.query(
    "SELECT migration_name AS name, length(checksum) AS checksum FROM _prisma_migrations ORDER BY 1",
  );
  expect(rows).toEqual((await readMigrations()).map(({ name }) => ({ name, checksum: 64 })));
});

test("a database of a newer Parley is refused by the name of what it has more", async () => {
  await migrate({ connectionString: database.url }, log);
  await database.pool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '', '99_future', now())`,
  );
  await expect(migrate({ connectionString: database.url }, log)).rejects.toThrow("99_future");
});

test("a migration that was left half-done is refused", () => {
  const files = [{ name: "1_first", sql: "" }];
  expect(() => pendingMigrations(files, [{ name: "1_first", finished: false }])).toThrow("1_first was left half-done");
});

test("a migration that fails changes nothing and says why", async () => {
  await database.pool.query("CREATE TABLE accounts (stranger int)");
  await expect(migrate({ connectionString: database.url }, log)).rejects.toThrow(
    /failed and changed nothing: .*accounts/,
  );
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'");
  await client.end();
  expect(rows).toEqual([{ tables: 2 }]);
});
