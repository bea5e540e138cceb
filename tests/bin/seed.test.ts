import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { contentHash } from "@/lib/messages/log/content-hash";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { startParley } from "@/tests/support/server";
import { member } from "@/tests/support/visitor";

const run = promisify(execFile);

describe("the seed", () => {
  let database: TestDatabase;
  let folder: string;
  let tokens: string;

  beforeAll(async () => {
    database = await createDatabase();
    folder = await mkdtemp(join(tmpdir(), "parley-seed-"));
    tokens = join(folder, "tokens");
    await seed("--accounts", "30", "--channels", "6", "--messages", "3000", "--tokens", tokens);
  });

  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  function seed(...options: string[]) {
    return run(process.execPath, ["--import", "tsx", "bin/seed.ts", ...options], {
      env: { PATH: process.env.PATH, NODE_ENV: "test", DATABASE_URL: database.url, DATA_DIR: folder },
    });
  }

  async function one(sql: string): Promise<unknown> {
    const { rows } = await database.pool.query(sql);
    return rows.length === 1 ? Object.values(rows[0])[0] : rows;
  }

  test("makes the accounts, the channels and the messages that were asked for", async () => {
    expect(await one("SELECT count(*)::int FROM accounts")).toBe(30);
    expect(await one("SELECT count(*)::int FROM channels")).toBe(6);
    expect(await one("SELECT count(*)::int FROM messages")).toBe(3000);
  });

  test("numbers each channel's messages from 1 without a gap, in the order of their times and ids", async () => {
    expect(
      await one(
        `SELECT bool_and(seq = place AND created_at >= before AND id > before_id) FROM (
          SELECT seq, created_at, id, row_number() OVER w AS place,
            lag(created_at, 1, created_at) OVER w AS before,
            lag(id, 1, '00000000-0000-0000-0000-000000000000') OVER w AS before_id
          FROM messages WINDOW w AS (PARTITION BY channel_id ORDER BY seq)) AS told`,
      ),
    ).toBe(true);
  });

  test("gives every change of a channel its version: those who came first, then what they said", async () => {
    expect(await wholeVersions()).toBe(true);
  });

  function wholeVersions() {
    return one(
      `SELECT bool_and(c.version = steps.count AND steps.highest = steps.count AND c.last_seq = steps.messages
          AND c.member_count = (SELECT count(*) FROM channel_members cm WHERE cm.channel_id = c.id))
        FROM channels c JOIN (
          SELECT channel_id, count(DISTINCT version) AS count, max(version) AS highest, count(seq) AS messages FROM (
            SELECT channel_id, version, seq FROM messages
            UNION ALL SELECT channel_id, version, NULL FROM membership_changes) AS step GROUP BY channel_id
        ) AS steps ON steps.channel_id = c.id`,
    );
  }

  test("lets only members speak, and leaves something unread, but nothing that stands above one's own words", async () => {
    expect(
      await one(
        `SELECT count(*)::int FROM messages m LEFT JOIN channel_members cm
          ON cm.channel_id = m.channel_id AND cm.account_id = m.author_id WHERE cm.read_seq IS NULL OR cm.read_seq < m.seq`,
      ),
    ).toBe(0);
    expect(
      await one(
        "SELECT bool_or(read_seq < last_seq) AND bool_and(read_seq <= last_seq) FROM channel_members JOIN channels ON id = channel_id",
      ),
    ).toBe(true);
  });

  test("hashes each message as the log does, so that a retry of it is known again", async () => {
    const { rows } = await database.pool.query("SELECT channel_id, body, content_hash FROM messages");
    const wrong = rows.filter(
      (row) => !contentHash({ channelId: row.channel_id, body: row.body }).equals(row.content_hash),
    );
    expect(wrong).toEqual([]);
  });

  test("writes in many languages and forms, from a word to several paragraphs", async () => {
    for (const script of [
      "[a-z]",
      "[а-я]",
      "[א-ת]",
      "[ا-ي]",
      "[ぁ-ん]",
      "[一-龥]",
      "[ऀ-ॿ]",
      "```",
      "https://",
      "\n\n",
    ]) {
      expect(await one(`SELECT count(*) > 0 FROM messages WHERE body ~ '${script}'`)).toBe(true);
    }
    expect(await one("SELECT min(length(body)) < 6 AND max(length(body)) > 500 FROM messages")).toBe(true);
  });

  test("hands out tokens that let in, to nobody but the owner of the file", async () => {
    const lines = (await readFile(tokens, "utf8")).trim().split("\n");
    expect(lines).toHaveLength(30);
    expect((await stat(tokens)).mode & 0o777).toBe(0o600);

    const { username, token } = JSON.parse(lines[0] ?? "");
    const parley = await startParley({ databaseUrl: database.url });
    const me = await fetch(`${parley.origin}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ account: { username }, workspaces: [{ slug: "parley", role: "owner" }] });
    await parley.stop();
  });

  test("adds to what an earlier seed made", async () => {
    await seed("--accounts", "5", "--channels", "7", "--messages", "500", "--seed", "2");
    expect(await one("SELECT count(*)::int FROM accounts")).toBe(35);
    expect(await one("SELECT count(*)::int FROM messages")).toBe(3500);
    expect(await wholeVersions()).toBe(true);
  });

  test("refuses a workspace in which people have written, unless it is told to", async () => {
    await database.pool.query(
      "UPDATE accounts SET email = 'ada@example.org' WHERE id = (SELECT author_id FROM messages LIMIT 1)",
    );
    await expect(seed("--messages", "10")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^People have written in parley: .*--force/),
    });
    await seed("--accounts", "0", "--messages", "10", "--force");
    expect(await one("SELECT count(*)::int FROM messages")).toBe(3510);
  });

  test("stops with one line at a number that is none", async () => {
    await expect(seed("--messages", "many")).rejects.toMatchObject({
      code: 1,
      stderr: "--messages must be a whole number, and is many.\n",
    });
  });

  test("leaves the workspace to the first person who signs up, since nobody it made can log in", async () => {
    const parley = await startParley({ databaseUrl: database.url });
    const roles = [];
    for (const name of ["a.first.person", "a.second.person"]) {
      const { body } = await (await member(parley.origin, name)).call("GET", "/me");
      roles.push(body.workspaces[0]?.role);
    }
    expect(roles).toEqual(["owner", "member"]);
    await parley.stop();
  });
});
