import { closeDatabase, useDatabase as setDatabase } from "@/lib/db/database";
import { writeLaneIdle } from "@/lib/db/write-lane";
import type { Append, Calling, Change } from "@/lib/messages/log/commit";
import { append, change } from "@/lib/messages/log/log";
import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";

/** Threads, mentions and pins as the log writes them, by itself and on a real database. */
let database: TestDatabase;
const workspace = { id: newId(), slug: "harbour" };
const [ada, brook, chidi, guest] = [newId(), newId(), newId(), newId()];
let channelId = newId();

beforeAll(async () => {
  process.env.LOG_LEVEL = "silent";
  database = await createDatabase();
  setDatabase({ connectionString: database.url });
  for (const [id, name] of Object.entries({ ada, brook, chidi, guest }).map(([name, id]) => [id, name]))
    await run("INSERT INTO accounts (id, kind, username, display_name) VALUES ($1, 'member', $2, $2)", [id, name]);
  await run("INSERT INTO name_claims (skeleton, account_id) SELECT username, id FROM accounts", []);
  await run("INSERT INTO workspaces (id, slug, name) VALUES ($1, $2, 'Harbour')", [workspace.id, workspace.slug]);
  await run(
    "INSERT INTO members (workspace_id, account_id, role) SELECT $1, id, CASE WHEN id = $3 THEN 'guest' ELSE 'member' END::role FROM unnest($2::uuid[]) AS id",
    [workspace.id, [ada, brook, guest], guest],
  );
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  channelId = newId();
  await run("INSERT INTO channels (id, workspace_id, kind, name) VALUES ($1, $2, 'public', 'c')", [
    channelId,
    workspace.id,
  ]);
  for (const id of [ada, brook, guest])
    await run("INSERT INTO channel_members (channel_id, account_id) VALUES ($1, $2)", [channelId, id]);
});
afterEach(writeLaneIdle);

const run = (sql: string, values: unknown[]) => database.pool.query(sql, values);

const messageOf = (body: string, more: Partial<Append> = {}): Append => ({
  id: newId(),
  workspace,
  channelId,
  threadId: null,
  inChannel: true,
  authorId: ada,
  body,
  calling: null,
  ...more,
});
const replyTo = (threadId: string, body: string, more: Partial<Append> = {}) =>
  messageOf(body, { threadId, inChannel: false, ...more });
const changeOf = (kind: Change["kind"], messageId: string, more: Partial<Change> = {}): Change => ({
  kind,
  messageId,
  workspace,
  channelId: null,
  accountId: ada,
  text: "",
  calling: null,
  ...more,
});
const NAMES: Record<string, string> = { [ada]: "ada", [brook]: "brook", [chidi]: "chidi", [guest]: "guest" };
const call = (...ids: string[]): Calling => ({
  names: ids.map((id, place) => ({ place, length: 5, skeleton: NAMES[id] ?? "" })),
  words: [],
  online: [],
});
const everybody: Calling = { names: [], words: ["channel"], online: [] };
const here = (...online: string[]): Calling => ({ names: [], words: ["here"], online });

async function stored(message: Append) {
  const appended = await append(message);
  if (appended.outcome !== "stored" && appended.outcome !== "duplicate") throw new Error(appended.outcome);
  return appended;
}
async function channel(): Promise<{ lastSeq: number; version: number }> {
  const { rows } = await run('SELECT last_seq AS "lastSeq", version FROM channels WHERE id = $1', [channelId]);
  return rows[0];
}
async function mentionCount(accountId: string): Promise<number> {
  const { rows } = await run("SELECT mention_count FROM channel_members WHERE channel_id = $1 AND account_id = $2", [
    channelId,
    accountId,
  ]);
  return rows[0].mention_count;
}
const readUpTo = async (accountId: string, seq: number) =>
  (await run("SELECT * FROM mark_read($1, $2, $3, $4)", [channelId, accountId, seq, workspace.id])).rows[0];

describe("a reply", () => {
  it("is numbered in its thread, and takes one step of the version together with what it answers", async () => {
    const root = messageOf("shall we?");
    await stored(root);
    const first = await stored(replyTo(root.id, "yes"));
    expect(first).toMatchObject({ seq: null, threadSeq: 1, version: 2 });
    expect(first.root).toMatchObject({ id: root.id, seq: 1, version: 2, replyCount: 1 });
    const both = await Promise.all([
      stored(replyTo(root.id, "when?", { authorId: brook })),
      stored(messageOf("meanwhile")),
      stored(replyTo(root.id, "at noon")),
    ]);
    expect(both.map(({ seq, threadSeq, version }) => [seq, threadSeq, version])).toEqual([
      [null, 2, 3],
      [2, null, 4],
      [null, 3, 5],
    ]);
    expect(both.map((one) => one.root?.replyCount)).toEqual([undefined, undefined, 3]);
    expect(await channel()).toEqual({ lastSeq: 2, version: 5 });
  });

  it("stands in the channel as well where its author says so", async () => {
    const root = messageOf("shall we?");
    await stored(root);
    expect(await stored(replyTo(root.id, "yes", { inChannel: true }))).toMatchObject({ seq: 2, threadSeq: 1 });
    expect(await channel()).toEqual({ lastSeq: 2, version: 2 });
  });

  it("finds what was sent a moment before it", async () => {
    const root = messageOf("shall we?");
    const [, reply] = await Promise.all([stored(root), stored(replyTo(root.id, "yes"))]);
    expect(reply).toMatchObject({ threadSeq: 1, version: 2 });
  });

  it("sent again is the stored one, and one with another thread is a conflict", async () => {
    const [root, other] = [messageOf("shall we?"), messageOf("or not?")];
    await Promise.all([stored(root), stored(other)]);
    const reply = replyTo(root.id, "yes");
    await stored(reply);
    expect(await append(reply)).toMatchObject({ outcome: "duplicate", seq: null, threadSeq: 1, version: 3 });
    expect(await append({ ...reply, threadId: other.id })).toEqual({ outcome: "conflict" });
    expect(await append({ ...reply, inChannel: true })).toEqual({ outcome: "conflict" });
    expect(await append({ ...reply, threadId: null, inChannel: true })).toEqual({ outcome: "conflict" });
  });

  it("to a reply, to what was deleted or to what is not there is refused", async () => {
    const [root, gone] = [messageOf("shall we?"), messageOf("never mind")];
    const reply = replyTo(root.id, "yes");
    await Promise.all([stored(root), stored(reply), stored(gone)]);
    await change(changeOf("delete", gone.id));
    expect(await append(replyTo(reply.id, "really?"))).toEqual({ outcome: "nested" });
    expect(await append(replyTo(gone.id, "what was it?"))).toEqual({ outcome: "closed" });
    expect(await append(replyTo(newId(), "hello?"))).toEqual({ outcome: "not_found" });
  });

  it("makes its author, and whoever began the thread, followers of it", async () => {
    const root = messageOf("shall we?");
    await stored(root);
    await stored(replyTo(root.id, "yes", { authorId: brook }));
    const { rows } = await run("SELECT account_id, following, read_seq FROM thread_followers WHERE thread_id = $1", [
      root.id,
    ]);
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({ account_id: ada, following: true, read_seq: 0 });
    expect(rows).toContainEqual({ account_id: brook, following: true, read_seq: 1 });
  });
});

describe("a mention", () => {
  it("is counted for members who have not read it, and for nobody else", async () => {
    await stored(messageOf("look", { calling: call(ada, brook, chidi) }));
    expect(await mentionCount(brook)).toBe(1);
    expect(await mentionCount(ada)).toBe(0);
    expect((await run("SELECT FROM mentions WHERE account_id = $1", [chidi])).rowCount).toBe(0);
  });

  it("sent again counts once", async () => {
    const message = messageOf("look", { calling: call(brook) });
    await stored(message);
    await stored(message);
    expect(await mentionCount(brook)).toBe(1);
  });

  it("of those who are here reaches those who are online", async () => {
    await stored(messageOf("anybody?", { calling: here(brook, chidi) }));
    expect(await Promise.all([ada, brook, guest].map(mentionCount))).toEqual([0, 1, 0]);
  });

  it("of those who are here stays with them through an edit, whoever is online by then", async () => {
    const message = messageOf("anybody?", { calling: here(brook) });
    await stored(message);
    await change(changeOf("edit", message.id, { text: "anybody there?", calling: here(guest) }));
    expect(await Promise.all([brook, guest].map(mentionCount))).toEqual([1, 0]);
  });

  it("of all by a guest calls nobody", async () => {
    const said = await stored(messageOf("everybody", { authorId: guest, calling: everybody }));
    expect(said.mentions).toEqual([]);
    expect(await Promise.all([ada, brook, guest].map(mentionCount))).toEqual([0, 0, 0]);
  });

  it("at one place means the longest name that is somebody's", async () => {
    const names = [
      { place: 0, length: 3, skeleton: "ada" },
      { place: 0, length: 5, skeleton: "brook" },
      { place: 0, length: 9, skeleton: "nobody at all" },
    ];
    const said = await stored(messageOf("@ada", { authorId: guest, calling: { names, words: [], online: [] } }));
    expect(said.mentions).toEqual([brook]);
  });

  it("of all reaches all but the author", async () => {
    await stored(messageOf("everybody", { calling: everybody }));
    expect(await Promise.all([ada, brook, guest].map(mentionCount))).toEqual([0, 1, 1]);
  });

  it("ends to count as far as one has read, and to the last when one speaks", async () => {
    for (const body of ["one", "two", "three"]) await stored(messageOf(body, { calling: call(brook) }));
    expect(await readUpTo(brook, 2)).toMatchObject({ read_seq: 2, mention_count: 1, moved: true });
    expect(await readUpTo(brook, 1)).toMatchObject({ read_seq: 2, mention_count: 1, moved: false });
    await stored(messageOf("here I am", { authorId: brook }));
    expect(await mentionCount(brook)).toBe(0);
  });

  it("in one commit with an answer counts only if it comes after it", async () => {
    await Promise.all([
      stored(messageOf("brook?", { calling: call(brook) })),
      stored(messageOf("yes", { authorId: brook })),
      stored(messageOf("brook, look", { calling: call(brook) })),
    ]);
    expect(await mentionCount(brook)).toBe(1);
  });

  it("is taken back and added by an edit, and goes with what is deleted", async () => {
    const message = messageOf("look", { calling: call(brook) });
    await stored(message);
    const edited = changeOf("edit", message.id, { text: "look, guest", calling: call(guest) });
    expect(await change(edited)).toMatchObject({ outcome: "changed", message: { mentions: [guest] } });
    expect(await Promise.all([brook, guest].map(mentionCount))).toEqual([0, 1]);
    await change(changeOf("delete", message.id));
    expect(await mentionCount(guest)).toBe(0);
  });

  it("in a thread makes one follow it, and counts there", async () => {
    const root = messageOf("shall we?");
    await Promise.all([stored(root), stored(replyTo(root.id, "ask brook", { calling: call(brook) }))]);
    expect(await mentionCount(brook)).toBe(0);
    const { rows } = await run("SELECT thread_seq FROM mentions WHERE account_id = $1 AND thread_id = $2", [
      brook,
      root.id,
    ]);
    expect(rows).toEqual([{ thread_seq: 1 }]);
    const followed = await run("SELECT FROM thread_followers WHERE account_id = $1 AND thread_id = $2", [
      brook,
      root.id,
    ]);
    expect(followed.rowCount).toBe(1);
  });
});

describe("a pin", () => {
  it("is a step of the version, set once, and taken away with the message", async () => {
    const message = messageOf("rules");
    await stored(message);
    const pinned = await change(changeOf("pin", message.id, { accountId: brook }));
    expect(pinned).toMatchObject({ outcome: "changed", message: { version: 2, pinnedBy: brook } });
    expect(await change(changeOf("pin", message.id))).toMatchObject({ outcome: "unchanged", message: { version: 2 } });
    expect(await change(changeOf("delete", message.id))).toMatchObject({ message: { pinnedAt: null, pinnedBy: null } });
  });

  it("is not for guests", async () => {
    const message = messageOf("rules");
    await stored(message);
    expect(await change(changeOf("pin", message.id, { accountId: guest }))).toEqual({ outcome: "guest" });
  });
});

test("a preview belongs to the very body whose links it shows", async () => {
  const message = messageOf("https://parley.example");
  await stored(message);
  const previews = [{ url: "https://parley.example", title: "Parley", description: "", siteName: "" }];
  const of = async (body: string) =>
    (await run("SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex') AS of", [body])).rows[0].of;
  const shown = async (body: string) =>
    change(changeOf("preview", message.id, { calling: { of: await of(body), previews } }));
  expect(await shown("another")).toMatchObject({ outcome: "unchanged", message: { previews: [] } });
  expect(await shown("https://parley.example")).toMatchObject({ outcome: "changed", message: { previews } });
  expect(await change(changeOf("unpreview", message.id, { accountId: brook }))).toEqual({ outcome: "not_own" });
  expect(await change(changeOf("edit", message.id, { text: "gone" }))).toMatchObject({ message: { previews: [] } });
});
