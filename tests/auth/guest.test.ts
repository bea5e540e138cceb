import { type Parley, startParley } from "@/tests/support/server";
import { member, type Visitor, visit } from "@/tests/support/visitor";

let parley: Parley;
let ada: Visitor;
const password = "a quiet harbour";

beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.stop());

test("nobody comes as a guest before there is a workspace", async () => {
  expect((await visit(parley.origin).post("callback/guest", { nickname: "Early Bird" })).status).toBe(401);
});

test("a guest enters with nothing but a nickname", async () => {
  ada = await member(parley.origin, "ada");
  const guest = visit(parley.origin);
  expect((await guest.post("callback/guest", { nickname: "Passing Cloud" })).error).toBeNull();
  expect((await guest.call("GET", "/me")).body).toMatchObject({
    account: { kind: "guest", username: "Passing Cloud", displayName: "Passing Cloud" },
    workspaces: [{ role: "guest" }],
  });
});

test.each(["passing cloud", "Раssing Сlоud", "Ada", "аdа", "", "x", " Cloud", "Cl\u200boud"])(
  "the nickname %j is refused with a sentence",
  async (nickname) => {
    const guest = visit(parley.origin);
    expect((await guest.post("callback/guest", { nickname })).error).toMatch(/taken|nickname/);
    expect((await guest.call("GET", "/me")).status).toBe(401);
  },
);

test("a guest who chooses a username and password keeps the account, the name and the session", async () => {
  const guest = visit(parley.origin);
  await guest.post("callback/guest", { nickname: "Blue Heron" });
  const before = (await guest.call("GET", "/me")).body;

  const answer = await guest.call("POST", "/me/upgrade", { username: "heron", password, email: "heron@example.org" });
  expect(answer).toMatchObject({
    status: 200,
    body: { account: { id: before.account.id, kind: "member", username: "heron", displayName: "Blue Heron" } },
  });
  expect((await guest.call("GET", "/me")).body).toEqual({
    account: { ...before.account, kind: "member", username: "heron" },
    workspaces: [{ ...before.workspaces[0], role: "member" }],
  });

  const later = visit(parley.origin);
  expect((await later.post("callback/credentials", { username: "heron", password })).error).toBeNull();
  expect((await later.call("GET", "/me")).body.account.id).toBe(before.account.id);

  const impostor = visit(parley.origin);
  expect((await impostor.post("callback/guest", { nickname: "blue heron" })).error).toMatch(/taken/);
  expect((await guest.call("POST", "/me/upgrade", { username: "heron2", password })).status).toBe(403);
});

test("a guest may take the own nickname as username, and no one else's name", async () => {
  const guest = visit(parley.origin);
  await guest.post("callback/guest", { nickname: "Finch" });
  expect((await guest.call("POST", "/me/upgrade", { username: "аdа", password })).status).toBe(409);
  expect((await guest.call("GET", "/me")).body.account.kind).toBe("guest");
  expect((await guest.call("POST", "/me/upgrade", { username: "finch", password })).status).toBe(200);
});

test("the name that is shown can be changed, but not to another's", async () => {
  const brook = await member(parley.origin, "brook");
  expect((await brook.call("PATCH", "/me", { displayName: "Brook Taylor" })).body).toMatchObject({
    account: { username: "brook", displayName: "Brook Taylor" },
  });
  expect((await brook.call("PATCH", "/me", { displayName: "АDА" })).status).toBe(409);
  expect((await brook.call("PATCH", "/me", { kind: "bot" })).status).toBe(422);
});

test("who owns the workspace decides whether guests are let in", async () => {
  const { slug } = (await ada.call("GET", "/me")).body.workspaces[0] ?? { slug: "" };
  const early = visit(parley.origin);
  await early.post("callback/guest", { nickname: "Early Tide" });
  const nickname = async () => (await (await visit(parley.origin).fetch("/login")).text()).includes("Nickname");
  expect(await nickname()).toBe(true);

  expect((await ada.call("PATCH", `/workspaces/${slug}`, { guestsAllowed: false })).status).toBe(200);
  expect(await nickname()).toBe(false);
  expect((await visit(parley.origin).post("callback/guest", { nickname: "Late Tide" })).error).toMatch(/not let in/);
  expect((await early.call("GET", "/me")).status).toBe(200);
  expect((await early.call("PATCH", `/workspaces/${slug}`, { guestsAllowed: true })).status).toBe(403);

  expect((await ada.call("PATCH", `/workspaces/${slug}`, { guestsAllowed: true })).status).toBe(200);
  expect((await visit(parley.origin).post("callback/guest", { nickname: "Late Tide" })).error).toBeNull();
});
