import { encode } from "next-auth/jwt";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

const SECRET = "the secret of this server, 32 or more";
const PASSWORD = "a quiet harbour";

let database: TestDatabase;
let parley: Parley;
let ada: Person;
let sessionId: string;
beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { AUTH_SECRET: SECRET } });
  ada = await joinParley(parley.origin, "ada");
  sessionId = (await ada.visitor.call("GET", "/sessions")).body.sessions[0]?.id ?? "";
});
afterAll(async () => {
  await parley.stop();
  await database.drop();
});

const statusWith = async (sid: string) =>
  (await visit(parley.origin).call("GET", "/me", undefined, { cookie: `parley.sid=${sid}` })).status;
const base64 = (claims: object) => Buffer.from(JSON.stringify(claims)).toString("base64url");

describe("[F42] a session's cookie", () => {
  it("that this server made is good", async () => {
    expect(await statusWith(await encode({ token: { sid: sessionId }, secret: SECRET }))).toBe(200);
  });

  const forged: [string, () => string | Promise<string>][] = [
    ["of another server", () => encode({ token: { sid: sessionId }, secret: "the secret of another, 32 or more" })],
    ["that has expired", () => encode({ token: { sid: sessionId }, secret: SECRET, maxAge: -60 })],
    ["unsigned", () => `${base64({ alg: "none" })}.${base64({ sid: sessionId })}.`],
    ["unencrypted", () => `${base64({ alg: "none", enc: "none" })}..${base64({})}.${base64({ sid: sessionId })}.x`],
    ["signed by nobody", () => `${base64({ alg: "HS256" })}.${base64({ sid: sessionId })}.${base64({})}`],
    ["that is the bare id", () => sessionId],
    [
      "of a session that never was",
      () => encode({ token: { sid: "0198c0de-0000-7000-8000-000000000000" }, secret: SECRET }),
    ],
    ["of no session", () => encode({ token: { sub: "ada" }, secret: SECRET })],
    ["of a list of sessions", () => encode({ token: { sid: [sessionId] }, secret: SECRET })],
    ["cut short", async () => (await encode({ token: { sid: sessionId }, secret: SECRET })).slice(0, -4)],
    ["of 7,000 characters", () => "x".repeat(7_000)],
    ["of percent signs", () => "%00%ff%"],
  ];
  it.each(forged)("%s is no log-in", async (_, make) => {
    expect(await statusWith(await make())).toBe(401);
  });

  it("given twice counts once: the first", async () => {
    const good = await encode({ token: { sid: sessionId }, secret: SECRET });
    expect(await statusWith(`x; parley.sid=${good}`)).toBe(401);
  });

  it("under another name is nothing", async () => {
    const good = await encode({ token: { sid: sessionId }, secret: SECRET });
    for (const name of ["Parley.sid", "parley.sid.0", "__Host-parley.sid", "next-auth.session-token", "sid"]) {
      const answer = await visit(parley.origin).call("GET", "/me", undefined, { cookie: `${name}=${good}` });
      expect(answer.status).toBe(401);
    }
  });

  it("is worth nothing once its row has expired, and is taken back", async () => {
    const brook = await joinParley(parley.origin, "brook");
    await database.pool.query("UPDATE sessions SET expires_at = now() - interval '1 s' WHERE account_id = $1", [
      brook.account.id,
    ]);
    expect((await brook.visitor.call("GET", "/me")).status).toBe(401);
    expect((await brook.visitor.fetch("/parley/general")).headers.get("location")).toBe(
      "/login?next=%2Fparley%2Fgeneral",
    );
    await brook.visitor.fetch("/api/auth/session");
    expect([...brook.visitor.cookies.keys()]).not.toContain("parley.sid");
  });
});

describe("[F42] logging in", () => {
  it("never goes on with a session that somebody else had planted", async () => {
    const planted = ada.visitor.cookies.get("parley.sid") ?? "";
    const victim = visit(parley.origin);
    await victim.call("POST", "/accounts", { username: "chidi", password: PASSWORD });
    victim.cookies.set("parley.sid", planted);
    await victim.post("callback/credentials", { username: "chidi", password: PASSWORD });
    expect(victim.cookies.get("parley.sid")).not.toBe(planted);
    expect((await victim.call("GET", "/me")).body.account.username).toBe("chidi");
    expect((await ada.visitor.call("GET", "/me")).body.account.username).toBe("ada");
  });

  const tokenOf = async (visitor: ReturnType<typeof visit>): Promise<string> => {
    const { csrfToken }: { csrfToken: string } = await (await visitor.fetch("/api/auth/csrf")).json();
    return csrfToken;
  };
  const logIn = (visitor: ReturnType<typeof visit>, csrfToken: string) =>
    visitor.fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, username: "ada", password: PASSWORD, json: "true" }),
    });

  it("takes no CSRF token of another visitor", async () => {
    const [mine, theirs] = [visit(parley.origin), visit(parley.origin)];
    await tokenOf(mine);
    await logIn(mine, await tokenOf(theirs));
    expect([...mine.cookies.keys()]).not.toContain("parley.sid");
  });

  it("takes no CSRF token that is stale", async () => {
    const visitor = visit(parley.origin);
    const stale = await tokenOf(visitor);
    visitor.cookies.clear();
    await tokenOf(visitor);
    await logIn(visitor, stale);
    expect([...visitor.cookies.keys()]).not.toContain("parley.sid");
  });

  it("takes no CSRF cookie that its visitor made up", async () => {
    const visitor = visit(parley.origin);
    visitor.cookies.set("parley.csrf", `${"a".repeat(64)}%7C${"b".repeat(64)}`);
    await logIn(visitor, "a".repeat(64));
    expect([...visitor.cookies.keys()]).not.toContain("parley.sid");
  });
});

describe("[F43] after logging in one stays on this site", () => {
  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:/evil.example",
    "%2f%2fevil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://127.0.0.1@evil.example/",
    "http://xn--pple-43d.com/",
    "/\t/evil.example",
    "/\n/evil.example",
    "/./\\evil.example",
    "/..//evil.example",
    ".evil.example",
    "@evil.example",
    "http://evil.example%2f@127.0.0.1/",
  ])("whatever `next` says: %j", async (next) => {
    for (const page of ["/login", "/signup"]) {
      const response = await ada.visitor.fetch(`${page}?next=${encodeURIComponent(next)}`);
      const location = response.headers.get("location") ?? "/";
      expect(new URL(location, parley.origin).origin).toBe(parley.origin);
      expect(location).not.toMatch(/^\/[/\\]/);
      const doubled = await ada.visitor.fetch(`${page}?next=/&next=${encodeURIComponent(next)}`);
      expect(new URL(doubled.headers.get("location") ?? "/", parley.origin).origin).toBe(parley.origin);
    }
    const signedOut = await visit(parley.origin).fetch(`/login?next=${encodeURIComponent(next)}`);
    expect(await signedOut.text()).not.toMatch(/(?:href|action)="(?:https?:)?\/\/[^"]*evil/);
  });

  it.each(["/parley/random", "/settings"])("where it was going: %s", async (next) => {
    const response = await ada.visitor.fetch(`/login?next=${encodeURIComponent(next)}`);
    expect(response.headers.get("location")).toBe(next);
  });
});
