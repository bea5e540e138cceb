import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let sid: string;
beforeAll(async () => {
  parley = await startParley();
  ada = await joinParley(parley.origin, "ada");
  sid = `parley.sid=${ada.visitor.cookies.get("parley.sid")}`;
});
afterAll(() => parley.stop());

const JSON_TYPE = { "content-type": "application/json" };
const own = () => new URL(parley.origin);

/** Every kind of write, as a page of another site would send it with the cookie riding along. */
const WRITES: [string, string, object | null][] = [
  ["POST", "/api/v1/accounts", { username: "mallory", password: "a quiet harbour" }],
  ["PATCH", "/api/v1/me", { displayName: "Mallory" }],
  ["POST", "/api/v1/tokens", { name: "csrf" }],
  ["POST", "/api/v1/workspaces/parley/channels", { name: "csrf" }],
  ["DELETE", "/api/v1/sessions/0198c0de-0000-7000-8000-000000000000", null],
];

const ORIGINS: [string, () => Record<string, string>][] = [
  ["another host", () => ({ origin: "https://evil.example" })],
  ["null", () => ({ origin: "null" })],
  ["an empty one", () => ({ origin: "" })],
  ["our host with a suffix", () => ({ origin: `${parley.origin}.evil.example` })],
  ["our host on another port", () => ({ origin: `http://127.0.0.1:${Number(own().port) - 1}` })],
  ["our host as a user name", () => ({ origin: `http://${own().host}@evil.example` })],
  ["our origin in capitals", () => ({ origin: parley.origin.toUpperCase() })],
  ["our origin and another", () => ({ origin: `${parley.origin}, https://evil.example` })],
  ["ours, but Sec-Fetch-Site says cross-site", () => ({ origin: parley.origin, "sec-fetch-site": "cross-site" })],
  ["ours, but Sec-Fetch-Site says same-site", () => ({ origin: parley.origin, "sec-fetch-site": "same-site" })],
  ["none at all", () => ({})],
  [
    "one that a forwarded host would make ours",
    () => ({ origin: "https://evil.example", "x-forwarded-host": "evil.example" }),
  ],
];

describe.each(ORIGINS)("[F40] with a cookie and an Origin that is %s", (_, headers) => {
  it.each(WRITES)("%s %s is forbidden", async (method, path, body) => {
    const response = await fetch(parley.origin + path, {
      method,
      headers: { cookie: sid, ...(body === null ? {} : JSON_TYPE), ...headers() },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "forbidden" });
  });

  it.each(["callback/credentials", "callback/guest", "signout"])("nobody is logged in or out by %s", async (door) => {
    const response = await fetch(`${parley.origin}/api/auth/${door}`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: sid, ...headers() },
      body: new URLSearchParams({ username: "ada", password: "a quiet harbour", nickname: "Mallory" }),
    });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe("[F40] what a form can send without asking", () => {
  const post = (type: string, body: string) =>
    ada.visitor.fetch("/api/v1/tokens", { method: "POST", headers: { "content-type": type }, body });

  it.each([
    ["text/plain", '{"name":"csrf"}'],
    ["text/plain;application/json", '{"name":"csrf"}'],
    ["application/x-www-form-urlencoded", "name=csrf"],
    ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\ncsrf\r\n--x--\r\n'],
    ["application/json-patch+json", '{"name":"csrf"}'],
  ])("is no call, even from our own pages: %s", async (type, body) => {
    expect((await post(type, body)).status).toBe(422);
  });

  it("is no call without a type", async () => {
    const body = new Blob(['{"name":"csrf"}']);
    expect((await ada.visitor.fetch("/api/v1/tokens", { method: "POST", body })).status).toBe(422);
  });
});

describe("[F40] a GET", () => {
  it.each(["/api/v1/tokens?name=csrf", "/api/v1/me?displayName=Mallory", "/api/v1/sessions?_method=DELETE"])(
    "changes nothing: %s",
    async (path) => {
      expect((await ada.visitor.fetch(path, { headers: { "x-http-method-override": "POST" } })).status).toBeLessThan(
        500,
      );
    },
  );

  it("logs nobody out", async () => {
    await ada.visitor.fetch("/api/auth/signout");
    expect((await ada.visitor.call("GET", "/me")).status).toBe(200);
  });
});

test("[F40] after all of this nothing has changed", async () => {
  expect((await ada.visitor.call("GET", "/tokens")).body.tokens.map(({ name }) => name)).toEqual(["tests"]);
  expect((await ada.visitor.call("GET", "/me")).body.account.displayName).toBe("ada");
  const { channels, members } = await ada.shell();
  expect(channels.map(({ name }) => name)).toEqual(["general", "random"]);
  expect(members.map(({ username }) => username)).toEqual(["ada"]);
});
