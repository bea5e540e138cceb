import { type Parley, startParley } from "@/tests/support/server";
import { member, visit } from "@/tests/support/visitor";

let parley: Parley;
const password = "a quiet harbour";

beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.stop());

test("two people who sign up first at the same moment get one workspace and one owner", async () => {
  const people = await Promise.all([member(parley.origin, "ada"), member(parley.origin, "brook")]);
  const seen = await Promise.all(people.map((person) => person.call("GET", "/me")));
  const workspaces = seen.flatMap(({ body }) => body.workspaces);
  expect(workspaces).toHaveLength(2);
  expect(new Set(workspaces.map(({ id }) => id)).size).toBe(1);
  expect(workspaces.map(({ role }) => role).sort()).toEqual(["member", "owner"]);
});

test("signing up answers 201 with the account and nothing secret", async () => {
  const answer = await visit(parley.origin).call("POST", "/accounts", {
    username: "chidi",
    password,
    email: "Chidi@Example.org",
    displayName: "Chidi Anagonye",
  });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    account: { id: expect.any(String), kind: "member", username: "chidi", displayName: "Chidi Anagonye" },
  });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
});

test.each([
  ["the same name in another case", { username: "CHIDI" }, "username"],
  ["a look-alike in Cyrillic", { username: "сhіdі" }, "username"],
  ["a fullwidth look-alike", { username: "ｃｈｉｄｉ" }, "username"],
  ["a display name that looks like another's username", { username: "mallory", displayName: "Сhidі" }, "displayName"],
  ["an e-mail address in another case", { username: "mallory", email: "CHIDI@example.ORG" }, "email"],
])("%s is a conflict, and makes no account", async (_what, fields, path) => {
  const visitor = visit(parley.origin);
  const answer = await visitor.call("POST", "/accounts", { password, ...fields });
  expect(answer).toMatchObject({ status: 409, body: { code: "conflict", status: 409, errors: [{ path }] } });
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect((await visitor.post("callback/credentials", { username: "mallory", password })).error).not.toBeNull();
});

test("of twenty who want one name at the same moment, one gets it", async () => {
  const names = ["eyal", "EYAL", "еуаl", "Eyal"];
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      visit(parley.origin).call("POST", "/accounts", { username: names[i % names.length], password }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
});

test.each([
  ["no body at all", undefined],
  ["malformed JSON", "{"],
  ["an array", []],
  ["null", "null"],
  ["a missing password", { username: "mallory" }],
  ["an unknown key", { username: "mallory", password, kind: "bot" }],
  ["__proto__", `{"username":"mallory","password":"${password}","__proto__":{"kind":"bot"}}`],
  ["a name that is an object", { username: { $gt: "" }, password }],
  ["a name of 10,000 characters", { username: "m".repeat(10_000), password }],
  ["a bidi override in the name", { username: "mal\u202elory", password }],
  ["NUL in the name", { username: "mal\u0000lory", password }],
  [
    "half a surrogate pair in the display name",
    `{"username":"mallory","password":"${password}","displayName":"\\ud800"}`,
  ],
  ["SQL in the name", { username: "m'; DROP TABLE accounts--", password }],
  ["a fullwidth @ in the e-mail address", { username: "mallory", password, email: "m＠example.org" }],
  ["a short password", { username: "mallory", password: "short" }],
  ["a password of 257 characters", { username: "mallory", password: "p".repeat(257) }],
  ["a password that everybody tries", { username: "mallory", password: "password123" }],
  ["the name as the password", { username: "mallory-the-second", password: "Mallory-The-Second" }],
])("%s is invalid", async (_what, body) => {
  const answer = await visit(parley.origin).call("POST", "/accounts", body);
  expect(answer).toMatchObject({ status: 422, body: { code: "invalid", title: expect.any(String) } });
});

test("a wrong field is named", async () => {
  const { body } = await visit(parley.origin).call("POST", "/accounts", { username: "x", password: "short" });
  expect(body.errors).toEqual([
    { path: "username", message: "must have at least 2 characters" },
    { path: "password", message: "must have at least 8 characters" },
  ]);
});

test("a body over 64 KiB is too large, whether or not it says so", async () => {
  const long = JSON.stringify({ username: "mallory", password: "p".repeat(70_000) });
  expect((await visit(parley.origin).call("POST", "/accounts", long)).status).toBe(413);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(long));
      controller.close();
    },
  });
  const chunked = await fetch(`${parley.origin}/api/v1/accounts`, {
    method: "POST",
    body: stream,
    headers: { "content-type": "application/json", origin: parley.origin },
    ...{ duplex: "half" },
  });
  expect(chunked.status).toBe(413);
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])(
  "a body sent as %s is refused, whatever it holds",
  async (type) => {
    const answer = await visit(parley.origin).call(
      "POST",
      "/accounts",
      { username: "mallory", password },
      { "content-type": type },
    );
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid" } });
  },
);

test("what was refused left nobody behind", async () => {
  const { error } = await visit(parley.origin).post("callback/credentials", { username: "mallory", password });
  expect(error).toBe("CredentialsSignin");
});
