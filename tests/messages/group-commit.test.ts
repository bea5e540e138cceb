import { closeDatabase, useDatabase as setDatabase } from "@/lib/db/database";
import { writeLaneIdle } from "@/lib/db/write-lane";
import type { Append, Change } from "@/lib/messages/log/commit";
import { append, change } from "@/lib/messages/log/log";
import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";

/**
 * The log by itself, in this process, on a real database that is made to refuse. What is queued in one turn of the
 * event loop is one batch.
 */
let database: TestDatabase;
const workspace = { id: newId(), slug: "harbour" };
const authorId = newId();
const channelId = newId();
const otherId = newId();

beforeAll(async () => {
  process.env.LOG_LEVEL = "silent";
  database = await createDatabase();
  setDatabase({ connectionString: database.url });
  await run("INSERT INTO accounts (id, kind, username, display_name) VALUES ($1, 'member', 'ada', 'Ada')", [authorId]);
  await run("INSERT INTO workspaces (id, slug, name) VALUES ($1, $2, 'Harbour')", [workspace.id, workspace.slug]);
  for (const id of [channelId, otherId]) {
    await run("INSERT INTO channels (id, workspace_id, kind, name) VALUES ($1, $2, 'public', 'c')", [id, workspace.id]);
    await run("INSERT INTO channel_members (channel_id, account_id) VALUES ($1, $2)", [id, authorId]);
  }
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
afterEach(async () => {
  await writeLaneIdle();
  await run("DROP TABLE IF EXISTS refusals CASCADE", []);
  await run("DROP FUNCTION IF EXISTS refuse() CASCADE", []);
  await run("DROP SEQUENCE IF EXISTS refused CASCADE", []);
});

const run = (sql: string, values: unknown[]) => database.pool.query(sql, values);

/** Whatever body is "poison" is refused by the database with `state`: the first `times` times, or always. */
async function poison(state: string, times = 1_000_000): Promise<void> {
  await run("CREATE SEQUENCE refused", []);
  await run(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('refused') <= ${times} THEN RAISE EXCEPTION 'poison' USING ERRCODE = '${state}'; END IF;
        RETURN NEW;
      END $$`,
    [],
  );
  await run(
    `CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON messages FOR EACH ROW
      WHEN (NEW.body = 'poison') EXECUTE FUNCTION refuse()`,
    [],
  );
}

/** How often the database refused or let pass a poisoned row: a sequence counts on through rollbacks. */
async function attempts(): Promise<number> {
  const { rows } = await run("SELECT CASE WHEN is_called THEN last_value::int ELSE 0 END AS count FROM refused", []);
  return rows[0].count;
}

const messageOf = (body: string, more: Partial<Append> = {}): Append => ({
  id: newId(),
  workspace,
  channelId,
  threadId: null,
  inChannel: true,
  authorId,
  body,
  calling: null,
  ...more,
});
const editOf = (messageId: string, text: string): Change => ({
  kind: "edit",
  messageId,
  workspace,
  channelId: null,
  accountId: authorId,
  text,
  calling: null,
});

async function head(): Promise<{ last_seq: number; version: number }> {
  const { rows } = await run("SELECT last_seq, version FROM channels WHERE id = $1", [channelId]);
  return rows[0];
}

async function stored(ids: string[]): Promise<number> {
  return (await run("SELECT FROM messages WHERE id = ANY ($1)", [ids])).rowCount ?? 0;
}

const outcomes = (settled: PromiseSettledResult<{ outcome: string }>[]) =>
  settled.map((one) => (one.status === "fulfilled" ? one.value.outcome : "refused"));

describe("a batch that the database refuses", () => {
  it("is committed one by one, so that a bad message fails alone", async () => {
    await poison("23514");
    const before = await head();
    const batch = [...Array.from({ length: 10 }, (_, n) => messageOf(`good ${n}`)), messageOf("poison")];
    batch.push(...Array.from({ length: 10 }, (_, n) => messageOf(`fine ${n}`)));
    const settled = await Promise.allSettled(batch.map(append));
    expect(outcomes(settled)).toEqual(batch.map(({ body }) => (body === "poison" ? "refused" : "stored")));
    expect(await attempts()).toBe(2);
    expect(await stored(batch.map(({ id }) => id))).toBe(20);
    expect(await head()).toEqual({ last_seq: before.last_seq + 20, version: before.version + 20 });
  });

  it("of changes is committed one by one too, and keeps its order", async () => {
    const message = messageOf("draft");
    await append(message);
    await poison("23514");
    const before = await head();
    const texts = ["one", "two", "poison", "three", "four"];
    const settled = await Promise.allSettled(texts.map((text) => change(editOf(message.id, text))));
    expect(outcomes(settled)).toEqual(["changed", "changed", "refused", "changed", "changed"]);
    expect((await head()).version).toBe(before.version + 4);
    const { rows } = await run("SELECT body FROM messages WHERE id = $1", [message.id]);
    expect(rows).toEqual([{ body: "four" }]);
  });

  it("does not take the sends that wait beside a bad change with it", async () => {
    const message = messageOf("draft");
    await append(message);
    await poison("23514");
    const [send, edit] = [messageOf("hello"), editOf(message.id, "poison")];
    const settled = await Promise.allSettled([change(edit), append(send)]);
    expect(outcomes(settled)).toEqual(["refused", "stored"]);
  });
});

describe.each(["40001", "40P01", "23505"])("a commit that fails for a moment (%s)", (state) => {
  it("is tried once more, and nobody notices", async () => {
    await poison(state, 1);
    const before = await head();
    expect(await append(messageOf("poison"))).toMatchObject({ outcome: "stored", seq: before.last_seq + 1 });
    expect(await attempts()).toBe(2);
  });

  it("is tried once more, and not again: then it has failed, and sending it again is right", async () => {
    await poison(state, 2);
    const message = messageOf("poison");
    await expect(append(message)).rejects.toThrow("poison");
    expect([await attempts(), await stored([message.id])]).toEqual([2, 0]);
    expect(await append(message)).toMatchObject({ outcome: "stored" });
  });

  it("of changes is tried once more too", async () => {
    const message = messageOf("draft");
    await append(message);
    await poison(state, 1);
    expect(await change(editOf(message.id, "poison"))).toMatchObject({ outcome: "changed" });
  });
});

test("a commit that may have happened is not tried again: its senders are to ask by sending again", async () => {
  await poison("57014");
  const [one, two] = [messageOf("poison"), messageOf("bystander")];
  expect(outcomes(await Promise.allSettled([append(one), append(two)]))).toEqual(["refused", "refused"]);
  expect(await attempts()).toBe(1);
});

test("an id that another writer stores meanwhile, in another channel, is a conflict", async () => {
  const other = await database.pool.connect();
  const message = messageOf("mine");
  await other.query("BEGIN");
  await other.query(
    "SELECT append_messages(ARRAY[$1::uuid], ARRAY[$2::uuid], ARRAY[$3::uuid], ARRAY[$4::uuid], $5, $6)",
    [message.id, workspace.id, otherId, authorId, ["theirs"], [Buffer.from("theirs")]],
  );
  const answer = append(message);
  await blocked();
  await other.query("COMMIT");
  other.release();
  expect(await answer).toEqual({ outcome: "conflict" });
});

/** Resolves when a statement of the log waits for a lock. */
async function blocked(): Promise<void> {
  for (;;) {
    const { rowCount } = await run(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      [],
    );
    if (rowCount === 1) return;
  }
}

test("a change that comes by another workspace, or names another channel, finds no message", async () => {
  const message = messageOf("draft");
  await append(message);
  const edit = editOf(message.id, "final");
  expect(await change({ ...edit, workspace: { id: newId(), slug: "elsewhere" } })).toEqual({ outcome: "not_found" });
  expect(await change({ ...edit, channelId: otherId })).toEqual({ outcome: "not_found" });
  expect(await change({ ...edit, channelId })).toMatchObject({ outcome: "changed" });
});

describe("a change that waits for another writer of its channel is judged by what that one leaves", () => {
  it.each([
    ["an edit, once it is deleted", "UPDATE messages SET body = '', deleted_at = now() WHERE id = $1", "deleted"],
    ["an edit, once it says so already", "UPDATE messages SET body = 'waits' WHERE id = $1", "unchanged"],
    [
      "an edit, once the channel is archived",
      "UPDATE channels SET archived_at = now() WHERE id = (SELECT channel_id FROM messages WHERE id = $1)",
      "archived",
    ],
    [
      "an edit, once its author has left",
      "DELETE FROM channel_members WHERE channel_id = (SELECT channel_id FROM messages WHERE id = $1)",
      "not_found",
    ],
  ])("%s", async (_, write, outcome) => {
    const id = newId();
    await run("INSERT INTO channels (id, workspace_id, kind, name) VALUES ($1, $2, 'public', 'c')", [id, workspace.id]);
    await run("INSERT INTO channel_members (channel_id, account_id) VALUES ($1, $2)", [id, authorId]);
    const message = messageOf("draft", { channelId: id });
    await append(message);
    const other = await database.pool.connect();
    await other.query("BEGIN");
    await other.query("SELECT FROM channels WHERE id = $1 FOR NO KEY UPDATE", [id]);
    await other.query(write, [message.id]);
    const waiting = change(editOf(message.id, "waits"));
    await blocked();
    await other.query("COMMIT");
    other.release();
    expect(await waiting).toMatchObject({ outcome });
  });
});

test("two commits that lock each other out are untangled, and both are stored", async () => {
  const other = await database.pool.connect();
  await other.query("BEGIN");
  const [low = "", high = ""] = [channelId, otherId].sort();
  await other.query("SELECT FROM channels WHERE id = $1 FOR UPDATE", [high]);
  const settled = Promise.allSettled([
    append(messageOf("low", { channelId: low })),
    append(messageOf("high", { channelId: high })),
  ]);
  await blocked();
  // Either may be the one that Postgres ends.
  await other.query("SELECT FROM channels WHERE id = $1 FOR UPDATE", [low]).catch(() => undefined);
  await other.query("ROLLBACK");
  other.release();
  expect(outcomes(await settled)).toEqual(["stored", "stored"]);
});

test("what comes while 10,000 wait is refused with a time to come back, and those are stored", async () => {
  const waiting = Array.from({ length: 10_000 }, (_, n) => append(messageOf(`waits ${n}`)));
  const late = [append(messageOf("too much")), change(editOf(newId(), "too much"))];
  for (const { reason } of (await Promise.allSettled(late)).filter((one) => one.status === "rejected")) {
    expect(reason).toMatchObject({ code: "unavailable", retryAfterMs: 1_000 });
  }
  expect(outcomes(await Promise.allSettled<{ outcome: string }>(late))).toEqual(["refused", "refused"]);
  expect(new Set(outcomes(await Promise.allSettled(waiting)))).toEqual(new Set(["stored"]));
});
