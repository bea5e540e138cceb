import { setTimeout as wait } from "node:timers/promises";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let database: TestDatabase;
let parley: Parley;
beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url });
});
afterAll(async () => {
  await parley.stop();
  await database.drop();
});

async function waitingForLocks(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows[0]?.count ?? 0;
}

/** The channels that a person is in, not those that they could join. */
const namesOf = async (person: Person) =>
  (await person.shell()).channels.filter(({ readSeq }) => readSeq !== null).map(({ name }) => name);

test("whoever arrives while the first channels are being made comes into all of them", async () => {
  const ada = await joinParley(parley.origin, "ada");
  const [general] = (await ada.shell()).channels;
  await database.pool.query("DELETE FROM channels");
  // Somebody is about to take the second name, so that the making of the channels stands still in its middle.
  const client = await database.pool.connect();
  await client.query("BEGIN");
  await client.query(
    `INSERT INTO channels (id, workspace_id, kind, name, name_key, topic, is_default)
      VALUES (gen_random_uuid(), $1, 'public', 'random', 'random', '', true)`,
    [general?.workspaceId],
  );
  const brook = joinParley(parley.origin, "brook");
  while ((await waitingForLocks()) < 1) await wait(20);
  let chidiIsIn = false;
  const chidi = joinParley(parley.origin, "chidi").finally(() => {
    chidiIsIn = true;
  });
  while (!chidiIsIn && (await waitingForLocks()) < 2) await wait(20);
  await client.query("ROLLBACK");
  client.release();
  expect(await namesOf(await brook)).toEqual(["general", "random"]);
  expect(await namesOf(await chidi)).toEqual(["general", "random"]);
});
