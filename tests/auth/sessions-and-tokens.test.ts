import { type Parley, startParley } from "@/tests/support/server";
import { member, visit } from "@/tests/support/visitor";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.stop());

test("one sees where one is logged in, and logs out there", async () => {
  const here = await member(parley.origin, "ada");
  const there = visit(parley.origin);
  await there.post("callback/credentials", { username: "ada", password: "a quiet harbour" });

  const { body } = await here.call("GET", "/sessions");
  expect(body.sessions).toHaveLength(2);
  expect(body.sessions).toContainEqual({
    id: expect.any(String),
    current: true,
    userAgent: expect.any(String),
    ipAddress: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    lastSeenAt: expect.stringMatching(/Z$/),
    expiresAt: expect.stringMatching(/Z$/),
  });

  const other = body.sessions.find(({ current }) => !current);
  expect((await here.call("DELETE", `/sessions/${other?.id}`)).status).toBe(204);
  expect((await there.call("GET", "/me")).status).toBe(401);
  expect((await here.call("GET", "/me")).status).toBe(200);
  expect((await here.call("DELETE", `/sessions/${other?.id}`)).status).toBe(404);
  expect((await here.call("GET", "/sessions")).body.sessions).toHaveLength(1);

  await there.fetch("/api/auth/session");
  expect([...there.cookies.keys()]).not.toContain("parley.sid");
});

test("another's session can neither be seen nor ended", async () => {
  const brook = await member(parley.origin, "brook");
  const chidi = await member(parley.origin, "chidi");
  const [session] = (await brook.call("GET", "/sessions")).body.sessions;
  expect(await chidi.call("DELETE", `/sessions/${session?.id}`)).toMatchObject({
    status: 404,
    body: { code: "not_found" },
  });
  expect((await brook.call("GET", "/me")).status).toBe(200);
});

test("a token is shown once, opens the REST interface, and ends when it is revoked", async () => {
  const dilnoza = await member(parley.origin, "dilnoza");
  const made = await dilnoza.call("POST", "/tokens", { name: "robot" });
  expect(made.status).toBe(201);
  const { token, secret } = made.body;
  expect(secret).toMatch(/^parley_[A-Za-z0-9_-]{43}$/);
  expect(token).toEqual({ id: expect.any(String), name: "robot", createdAt: expect.any(String), lastUsedAt: null });

  const robot = { authorization: `Bearer ${secret}` };
  const program = visit(parley.origin);
  expect((await program.call("GET", "/me", undefined, robot)).body.account.username).toBe("dilnoza");
  const { tokens } = (await dilnoza.call("GET", "/tokens")).body;
  expect(tokens).toEqual([{ ...token, lastUsedAt: expect.any(String) }]);

  expect((await dilnoza.call("DELETE", `/tokens/${token.id}`)).status).toBe(204);
  expect((await program.call("GET", "/me", undefined, robot)).status).toBe(401);
  expect((await dilnoza.call("GET", "/tokens")).body).toEqual({ tokens: [] });
});

test("another's token cannot be revoked", async () => {
  const eyal = await member(parley.origin, "eyal");
  const fatou = await member(parley.origin, "fatou");
  const { token } = (await eyal.call("POST", "/tokens", { name: "robot" })).body;
  expect((await fatou.call("DELETE", `/tokens/${token.id}`)).status).toBe(404);
  expect((await eyal.call("GET", "/tokens")).body.tokens).toHaveLength(1);
});

test.each([
  ["an unknown token", "Bearer parley_unknown"],
  ["no token", "Bearer"],
  ["two words", "Bearer a b"],
  ["Basic", "Basic YTpi"],
  ["8,000 characters", `Bearer ${"x".repeat(8_000)}`],
  ["no scheme", "parley_x"],
])("an Authorization with %s is no log-in, even with a good cookie beside it", async (_what, authorization) => {
  const visitor = visit(parley.origin);
  await visitor.post("callback/credentials", { username: "ada", password: "a quiet harbour" });
  expect((await visitor.call("GET", "/me")).status).toBe(200);
  expect((await visitor.call("GET", "/me", undefined, { authorization })).status).toBe(401);
});

test.each([
  ["GET", "/me"],
  ["PATCH", "/me"],
  ["POST", "/me/upgrade"],
  ["GET", "/tokens"],
  ["POST", "/tokens"],
  ["DELETE", "/tokens/0198c0de-0000-7000-8000-000000000000"],
  ["GET", "/sessions"],
  ["DELETE", "/sessions/0198c0de-0000-7000-8000-000000000000"],
])("%s %s needs a log-in", async (method, path) => {
  const body = method === "POST" || method === "PATCH" ? {} : undefined;
  expect(await visit(parley.origin).call(method, path, body)).toMatchObject({
    status: 401,
    body: { code: "unauthenticated" },
  });
});

test("a malformed id is invalid", async () => {
  const visitor = visit(parley.origin);
  await visitor.post("callback/credentials", { username: "ada", password: "a quiet harbour" });
  for (const id of ["1", "x'--", "%00", "0198c0de"]) {
    expect((await visitor.call("DELETE", `/tokens/${id}`)).status).toBe(422);
  }
});
