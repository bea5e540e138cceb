import { type Parley, startParley } from "@/tests/support/server";
import { member, visit } from "@/tests/support/visitor";

let parley: Parley;
const password = "a quiet harbour";

beforeAll(async () => {
  parley = await startParley();
  await visit(parley.origin).call("POST", "/accounts", { username: "Ada", password, email: "ada@example.org" });
});
afterAll(() => parley.stop());

const logIn = (username: string, secret = password) => {
  const visitor = visit(parley.origin);
  return visitor
    .post("callback/credentials", { username, password: secret })
    .then((answer) => ({ ...answer, visitor }));
};

test.each(["Ada", "ada", "ADA", "Ａda", "ada@example.org", "Ada@Example.ORG"])(
  "Ada logs in as %s",
  async (username) => {
    const { visitor, error } = await logIn(username);
    expect(error).toBeNull();
    expect((await visitor.call("GET", "/me")).body).toMatchObject({
      account: { kind: "member", username: "Ada", displayName: "Ada" },
      workspaces: [{ id: expect.any(String), slug: "parley", name: "Parley", role: "owner" }],
    });
  },
);

test("a wrong password, an unknown name, a look-alike and a guest's name get the same answer", async () => {
  await visit(parley.origin).post("callback/guest", { nickname: "Visitor" });
  for (const [name, secret] of [
    ["Ada", "a quiet harbor"],
    ["nobody", password],
    ["nobody@example.org", password],
    ["Аdа", password],
    ["Visitor", password],
    ["Visitor", ""],
    ["' OR 1=1 --", password],
  ] as const) {
    const { status, error, visitor } = await logIn(name, secret);
    expect({ name, status, refused: error !== null }).toEqual({ name, status: 401, refused: true });
    expect([...visitor.cookies.keys()]).not.toContain("parley.sid");
  }
  expect((await logIn("Ada", "a quiet harbor")).error).toBe((await logIn("nobody")).error);
});

test("the session's cookie is out of reach of scripts and other sites, and new at every log-in", async () => {
  const visitor = visit(parley.origin);
  const { csrfToken }: { csrfToken: string } = await (await visitor.fetch("/api/auth/csrf")).json();
  const values = [];
  for (let time = 0; time < 2; time += 1) {
    const response = await visitor.fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, username: "Ada", password }),
    });
    const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith("parley.sid="));
    expect(line).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    values.push(line?.split(";")[0]);
  }
  expect(values[0]).not.toBe(values[1]);
});

test("what NextAuth says of the session is the account as others see it, and no more", async () => {
  const visitor = await member(parley.origin, "Brook");
  const session: unknown = await (await visitor.fetch("/api/auth/session")).json();
  expect(session).toEqual({
    expires: expect.any(String),
    user: { id: expect.any(String), kind: "member", name: "Brook", username: "Brook", displayName: "Brook" },
  });
});

test("logging out ends the session itself: its cookie is worth nothing afterwards", async () => {
  const visitor = await member(parley.origin, "Chidi");
  const stolen = { cookie: `parley.sid=${visitor.cookies.get("parley.sid")}` };
  expect((await visit(parley.origin).call("GET", "/me", undefined, stolen)).status).toBe(200);
  await visitor.post("signout", {});
  expect([...visitor.cookies.keys()]).not.toContain("parley.sid");
  expect(await visit(parley.origin).call("GET", "/me", undefined, stolen)).toMatchObject({
    status: 401,
    body: { code: "unauthenticated" },
  });
});

test.each([
  ["garbage", "garbage"],
  ["an unsigned JWT", `${btoa('{"alg":"none"}')}.${btoa('{"sid":"0198c0de-0000-7000-8000-000000000000"}')}.`],
  ["nothing", ""],
])("a session cookie that is %s is no log-in", async (_what, value) => {
  const answer = await visit(parley.origin).call("GET", "/me", undefined, { cookie: `parley.sid=${value}` });
  expect(answer.status).toBe(401);
});

test("without the CSRF token of one's own cookie there is no log-in", async () => {
  const visitor = visit(parley.origin);
  await visitor.post("callback/credentials", { username: "Ada", password, csrfToken: "0".repeat(64) });
  expect([...visitor.cookies.keys()]).not.toContain("parley.sid");
});

test.each([
  ["//evil.example"],
  ["https:evil.example"],
  ["/\\evil.example"],
  ["/%2f%2fevil.example"],
  ["javascript:alert(1)"],
  ["https://evil.example/"],
  ["https://localhost@evil.example/"],
  ["http://xn--pple-43d.com/"],
  ["/\t/evil.example"],
])("after logging in with callbackUrl %s one stays on this site", async (callbackUrl) => {
  const visitor = visit(parley.origin);
  const { csrfToken }: { csrfToken: string } = await (await visitor.fetch("/api/auth/csrf")).json();
  for (const json of ["true", "false"]) {
    const response = await visitor.fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, username: "Ada", password, callbackUrl, json }),
    });
    const { url }: { url: string } =
      json === "true" ? await response.json() : { url: response.headers.get("location") ?? "" };
    expect(new URL(url, parley.origin).origin).toBe(parley.origin);
  }
});

describe("a state-changing request", () => {
  const cases: [string, Record<string, string>][] = [
    ["a foreign Origin", { origin: "https://evil.example" }],
    ["Origin null", { origin: "null" }],
    ["another port", { origin: "http://localhost:1" }],
    ["a suffix of our host", { origin: "http://localhost.evil.example" }],
    ["Sec-Fetch-Site cross-site", { "sec-fetch-site": "cross-site" }],
  ];
  test.each(cases)("with %s is refused, and changes nothing", async (_what, headers) => {
    const { visitor } = await logIn("Ada");
    expect(await visitor.call("POST", "/tokens", { name: "robot" }, headers)).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect((await visitor.call("GET", "/tokens")).body).toEqual({ tokens: [] });
  });

  test("with a session's cookie and no Origin is refused", async () => {
    const { visitor } = await logIn("Ada");
    const response = await fetch(`${parley.origin}/api/v1/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: `parley.sid=${visitor.cookies.get("parley.sid")}` },
      body: '{"name":"robot"}',
    });
    expect(response.status).toBe(403);
  });
});

test.each(["POST _log", "POST session", "GET callback/credentials", "GET verify-request", "POST signin/credentials"])(
  "NextAuth's door %s is shut",
  async (door) => {
    const [method = "", path] = door.split(" ");
    const init = method === "POST" ? { method, body: new URLSearchParams({ level: "error", code: "x" }) } : { method };
    expect((await visit(parley.origin).fetch(`/api/auth/${path}`, init)).status).toBe(404);
  },
);
