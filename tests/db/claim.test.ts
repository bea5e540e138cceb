import pino from "pino";
import { claimDatabase, DatabaseTaken } from "@/lib/db/claim";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { startParley } from "@/tests/support/server";

const log = pino({ level: "silent" });
let database: TestDatabase;
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(() => database.drop());

const claim = (shared: boolean) => claimDatabase({ connectionString: database.url }, shared, log);

it("belongs to one process, whose end frees it", async () => {
  const first = await startParley({ databaseUrl: database.url });
  await expect(startParley({ databaseUrl: database.url })).rejects.toThrow("Another Parley serves this database");
  await first.kill();
  const next = await startParley({ databaseUrl: database.url });
  expect(await next.stop()).toBe(0);
});

it("belongs to several that know of each other, and to none that does not", async () => {
  const letGo = [await claim(true), await claim(true)];
  await expect(claim(false)).rejects.toThrow(DatabaseTaken);
  for (const each of letGo) await each();
});

it("is claimed again when Postgres drops the connection", async () => {
  const letGo = await claim(false);
  const holders = () =>
    database.pool.query<{ pid: number }>(
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
  const before = (await holders()).rows[0]?.pid;
  await database.pool.query("SELECT pg_terminate_backend($1)", [before]);
  let after: number | undefined;
  while (after === undefined || after === before) after = (await holders()).rows[0]?.pid;
  await letGo();
});
