import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

/** What would be more than text to a careless server. */
const HOSTILE: [string, unknown][] = [
  ["a quote", "'"],
  ["a closed statement", "'; DROP TABLE messages; --"],
  ["a tautology", "' OR '1'='1"],
  ["a union", "' UNION SELECT password_hash FROM accounts --"],
  ["a sleep", "'||pg_sleep(10)--"],
  ["dollar quoting", "$$; DELETE FROM accounts; $$"],
  ["a parameter", "$1"],
  ["backslashes", "\\'\\\\"],
  ["wildcards", "%_%"],
  ["a format", "%s%n%d{{7*7}}"],
  ["a comment", "/**/--#"],
  ["an array literal", '{"a","b"}'],
  ["a composite", "(1,2)"],
  ["a regular expression", "(a+)+$"],
  ["a path", "../../../../etc/passwd"],
  ["line breaks", "a\r\nSet-Cookie: x=y"],
  ["a NUL byte", "a\u0000b"],
  ["half a surrogate pair", "a\ud83db"],
  ["the other half", "\ude00"],
  ["an operator", { $gt: "" }],
  ["another operator", { contains: "" }],
  ["a not", { not: null }],
  ["a list", ["a"]],
  ["an empty list", []],
  ["a number", 1e308],
  ["a boolean", true],
  ["null", null],
  ["a prototype", JSON.parse('{"__proto__":{"admin":true}}')],
  ["100 kB", "x".repeat(100_000)],
];

let database: TestDatabase;
let parley: Parley;
let ada: Person;
let peer: Peer;
let general: string;
let random: string;

beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  peer = await ada.connect();
  general = (await ada.channel("general")).id;
  random = (await ada.channel("random")).id;
});
afterAll(async () => {
  peer.close();
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
  await database.drop();
});

const PASSWORD = "a quiet harbour";
/** Every text that a call takes, each in turn as something else. */
const CALLS: [string, string, (value: unknown) => [path: string, body?: object]][] = [
  ["the username of a sign-up", "POST", (username) => ["/accounts", { username, password: PASSWORD }]],
  ["the password of a sign-up", "POST", (password) => ["/accounts", { username: "mallory", password }]],
  ["the e-mail of a sign-up", "POST", (email) => ["/accounts", { username: "mallory", password: PASSWORD, email }]],
  [
    "the workspace of a sign-up",
    "POST",
    (workspaceName) => ["/accounts", { username: "m", password: PASSWORD, workspaceName }],
  ],
  ["a display name", "PATCH", (displayName) => ["/me", { displayName }]],
  ["a token's name", "POST", (name) => ["/tokens", { name }]],
  ["a token's id", "DELETE", (id) => [`/tokens/${inPath(id)}`]],
  ["a session's id", "DELETE", (id) => [`/sessions/${inPath(id)}`]],
  ["a workspace", "GET", (slug) => [`/workspaces/${inPath(slug)}`]],
  ["a new channel's name", "POST", (name) => [`/workspaces/${ada.slug}/channels`, { name }]],
  ["a new channel's topic", "POST", (topic) => [`/workspaces/${ada.slug}/channels`, { name: newId(), topic }]],
  [
    "a new channel's privacy",
    "POST",
    (secret) => [`/workspaces/${ada.slug}/channels`, { name: newId(), private: secret }],
  ],
  ["a channel's name", "PATCH", (name) => [`/channels/${random}`, { name }]],
  ["a channel's topic", "PATCH", (topic) => [`/channels/${random}`, { topic }]],
  ["a channel's archiving", "PATCH", (archived) => [`/channels/${random}`, { archived }]],
  ["a channel's id", "GET", (id) => [`/channels/${inPath(id)}/messages`]],
  ["an invited account", "POST", (id) => [`/channels/${random}/members`, { accountIds: [id] }]],
  ["the invited accounts", "POST", (ids) => [`/channels/${random}/members`, { accountIds: ids }]],
  ["a removed account", "DELETE", (id) => [`/channels/${random}/members/${inPath(id)}`]],
  ["a message's id", "POST", (id) => [`/channels/${general}/messages`, { id, body: "x" }]],
  ["a message's body", "POST", (body) => [`/channels/${general}/messages`, { id: newId(), body }]],
  ["a message's thread", "POST", (threadId) => [`/channels/${general}/messages`, { id: newId(), body: "x", threadId }]],
  [
    "a message's files",
    "POST",
    (ids) => [`/channels/${general}/messages`, { id: newId(), body: "x", attachmentIds: ids }],
  ],
  ["a page's size", "GET", (limit) => [`/channels/${general}/messages?limit=${inPath(limit)}`]],
  ["a page's end", "GET", (before) => [`/channels/${general}/messages?before=${inPath(before)}`]],
];

/** As part of an address; half a surrogate pair cannot stand there, and what is long is cut to what a line may hold. */
function inPath(value: unknown): string {
  return encodeURIComponent((typeof value === "string" ? value : JSON.stringify(value)).toWellFormed().slice(0, 4_000));
}

describe.each(CALLS)("[F46] %s", (_, method, make) => {
  it.each(HOSTILE)("that is %s is refused or kept to the letter", async (_what, value) => {
    const [path, body] = make(value);
    const { status, body: answer } = await ada.rest<unknown>(method, path, body);
    expect([200, 201, 403, 404, 409, 413, 422]).toContain(status);
    const text = JSON.stringify(answer) ?? "";
    expect(text).not.toMatch(
      /syntax error|relation|pg_|prisma|SELECT |argon2/i.test(String(value)) ? /argon2id/ : /prisma|SQLSTATE/i,
    );
  });
});

const EVENTS: [string, string, (value: unknown) => object | undefined][] = [
  ["a message's id", "message:send", (id) => ({ id, channelId: general, body: "x" })],
  ["a message's channel", "message:send", (channelId) => ({ id: newId(), channelId, body: "x" })],
  ["a message's thread", "message:send", (threadId) => ({ id: newId(), channelId: general, body: "x", threadId })],
  ["a message's files", "message:send", (ids) => ({ id: newId(), channelId: general, body: "x", attachmentIds: ids })],
  ["a read channel", "channel:read", (channelId) => ({ channelId, seq: 1 })],
  ["a read place", "channel:read", (seq) => ({ channelId: general, seq })],
  ["a paged channel", "history", (channelId) => ({ channelId })],
  ["a page's middle", "history", (around) => ({ channelId: general, around })],
  ["a page's size", "history", (limit) => ({ channelId: general, limit })],
  ["the cursors", "sync", (cursors) => ({ cursors })],
  ["a cursor", "sync", (cursor) => ({ cursors: { [general]: cursor } })],
  ["a cursor's channel", "sync", (id) => ({ cursors: { [typeof id === "string" ? id : JSON.stringify(id)]: 1 } })],
];
/** What fits into a packet; what does not costs the connection and is tested elsewhere. */
const FITTING = HOSTILE.filter(([what]) => what !== "100 kB");

describe.each(EVENTS)("[F46] over a socket: %s", (_, event, make) => {
  it.each(FITTING)("that is %s is refused", async (_what, value) => {
    const answer = await peer.askRaw(event, make(value));
    // Null and an empty list say that there is no thread and no file; a prototype among the cursors names no channel.
    if (answer.ok) expect(["null", "[]", '{"__proto__":{"admin":true}}']).toContain(JSON.stringify(value));
    else expect(answer.error?.code).toBe("invalid");
  });
});

describe("[F46] a message's body over a socket", () => {
  it.each(FITTING)("that is %s is refused or kept to the letter", async (_, body) => {
    const answer: { ok: boolean; error?: { code: string }; message?: { body: string } } = await peer.askRaw(
      "message:send",
      {
        id: newId(),
        channelId: general,
        body,
      },
    );
    if (answer.ok) expect(answer.message?.body).toBe(body);
    else expect(answer.error?.code).toBe("invalid");
  });
});

describe("[F46] the doors of log-in", () => {
  it.each(HOSTILE)("let nobody in by %s", async (_, value) => {
    const text = typeof value === "string" ? value.toWellFormed() : JSON.stringify(value);
    for (const fields of [
      { username: text, password: PASSWORD },
      { username: "ada", password: text },
    ]) {
      const visitor = visit(parley.origin);
      const { csrfToken }: { csrfToken: string } = await (await visitor.fetch("/api/auth/csrf")).json();
      const response = await visitor.fetch("/api/auth/callback/credentials", {
        method: "POST",
        body: new URLSearchParams({ csrfToken, json: "true", ...fields }),
      });
      expect([401, 413]).toContain(response.status);
      expect([...visitor.cookies.keys()]).not.toContain("parley.sid");
    }
  });
});

test("[F46] after all of this the tables stand, and nobody was let in or raised", async () => {
  const { rows } = await database.pool.query<{ username: string; role: string }>(
    "SELECT a.username, m.role FROM accounts a LEFT JOIN members m ON m.account_id = a.id WHERE a.username <> 'mallory'",
  );
  expect(rows).toEqual([{ username: "ada", role: "owner" }]);
  const { rows: stored } = await database.pool.query<{ body: string }>("SELECT body FROM messages ORDER BY seq");
  expect(stored.map(({ body }) => body)).toContain("'; DROP TABLE messages; --");
});
