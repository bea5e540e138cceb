import { newId } from "@/lib/shared/ids";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let general: string;
beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  general = (await ada.channel("general")).id;
});
afterAll(async () => {
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
});

describe("a body of a call", () => {
  it.each([
    ["that is no JSON", "{", 422],
    ["that is empty", "", 422],
    ["that is a list", "[]", 422],
    ["that is null", "null", 422],
    ["with an unknown key", '{"name":"x","isAdmin":true}', 422],
    ["that reaches for the prototype", '{"name":"x","__proto__":{"admin":true}}', 422],
    ["that reaches for the constructor", '{"name":"x","constructor":{"prototype":{"admin":true}}}', 422],
    ["of the wrong type", '{"name":{"$gt":""}}', 422],
    ["without its field", "{}", 422],
    ["with NUL", '{"name":"a\\u0000b"}', 422],
    ["with half a surrogate pair", '{"name":"a\\ud800b"}', 422],
    ["that is nested 10,000 deep", `{"name":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, 422],
    ["of 100 kB", JSON.stringify({ name: "x".repeat(100_000) }), 413],
  ])("%s is refused with a code", async (_, body, status) => {
    const answer = await ada.visitor.call("POST", "/tokens", body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(answer.body).toMatchObject({ code: status === 413 ? "too_large" : "invalid", detail: expect.any(String) });
  });

  it("that is no UTF-8 is refused", async () => {
    const { status } = await ada.visitor.fetch("/api/v1/tokens", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.from('{"name":"\xff\xfe"}', "latin1"),
    });
    expect(status).toBe(422);
  });

  it("that never ends is cut off at its limit", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
      },
    });
    const { status } = await ada.visitor.fetch("/api/v1/tokens", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(1_000);
  });

  it("changed nothing of all that", async () => {
    expect((await ada.visitor.call("GET", "/tokens")).body.tokens.map(({ name }) => name)).toEqual(["tests"]);
  });
});

describe("a query", () => {
  it.each([
    "limit=0",
    "limit=201",
    "limit=-1",
    "limit=1e1",
    "limit=0x10",
    "limit=",
    "limit=50&limit=50",
    "limit[gt]=1",
    "before=1&after=1",
    "before=99999999999",
    "around='",
    "unknown=1",
  ])("%s is invalid", async (query) => {
    const { status, body } = await ada.rest<{ code: string }>("GET", `/channels/${general}/messages?${query}`);
    expect({ status, code: body.code }).toEqual({ status: 422, code: "invalid" });
  });
});

describe("an id in an address", () => {
  it.each(["1", "x'--", "0198c0de", "null", "*", newId().replace("-", "")])("%s is none", async (id) => {
    for (const [method, path, body] of [
      ["GET", `/channels/${id}/messages`, undefined],
      ["PATCH", `/channels/${id}`, { topic: "x" }],
      ["POST", `/channels/${id}/members`, {}],
      ["DELETE", `/sessions/${id}`, undefined],
    ] as const) {
      const { status } = await ada.rest(method, path, body);
      expect([404, 405, 422]).toContain(status);
    }
  });
});
