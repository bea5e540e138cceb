import { connect } from "node:net";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

const SECRET = "what-nobody-may-see-7f3a";
let parley: Parley;
let ada: Person;
beforeAll(async () => {
  parley = await startParley();
  ada = await joinParley(parley.origin, "ada");
  const { id } = await ada.channel("general");
  await ada.rest("POST", `/channels/${id}/messages`, { id: crypto.randomUUID(), body: SECRET });
});
afterAll(() => parley.stop());

/** Everything that comes back for bytes as they are. */
function raw(bytes: string): Promise<string> {
  const port = Number(new URL(parley.origin).port);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
    socket.setTimeout(3_000, () => socket.destroy());
  });
}

const alive = async () => expect((await fetch(`${parley.origin}/healthz`)).status).toBe(200);
const lines = (...parts: string[]) => `${parts.join("\r\n")}\r\n`;
const host = () => `Host: ${new URL(parley.origin).host}`;

describe("[F52] without a session no protected byte leaves", () => {
  it.each([
    "/parley/general",
    "/parley/general.rsc",
    "/parley/general?_rsc=1",
    "/_next/data/x/parley/general.json",
    "/parley/%2e%2e/parley/general",
    "/parley%2fgeneral",
    "/PARLEY/general",
    "/parley/general.segments/_tree.segment.rsc",
  ])("%s", async (path) => {
    for (const headers of [
      {},
      { rsc: "1" },
      { "x-middleware-subrequest": "proxy:proxy:proxy" },
      { "x-forwarded-host": "evil.example" },
    ]) {
      const response = await fetch(parley.origin + path, { redirect: "manual", headers });
      expect(await response.text()).not.toContain(SECRET);
      expect(response.headers.get("location") ?? "").not.toContain("evil.example");
      expect([200, 307, 308, 400, 401, 404]).toContain(response.status);
    }
  });

  it("and the same page serves it with one", async () => {
    expect(await (await ada.visitor.fetch("/parley/general")).text()).toContain(SECRET);
  });
});

describe("[F52] requests that no browser makes", () => {
  it.each([
    [
      "two lengths",
      () => lines("POST /api/v1/accounts HTTP/1.1", host(), "Content-Length: 5", "Content-Length: 6", "", "hello"),
    ],
    [
      "length and chunks",
      () =>
        lines(
          "POST / HTTP/1.1",
          host(),
          "Content-Length: 5",
          "Transfer-Encoding: chunked",
          "",
          "0",
          "",
          "GET /x HTTP/1.1",
          "",
        ),
    ],
    [
      "a doubtful transfer encoding",
      () => lines("POST / HTTP/1.1", host(), "Transfer-Encoding: xchunked", "", "0", ""),
    ],
    ["bare line feeds", () => `GET / HTTP/1.1\nHost: x\n\n`],
    ["an absolute address", () => lines("GET http://evil.example/ HTTP/1.1", host(), "")],
    ["a double slash", () => lines("GET //evil.example/x HTTP/1.1", host(), "")],
    ["a backslash", () => lines("GET /\\evil.example HTTP/1.1", host(), "")],
    ["TRACE", () => lines("TRACE / HTTP/1.1", host(), "")],
    ["CONNECT", () => lines("CONNECT evil.example:80 HTTP/1.1", host(), "")],
    ["headers of 100 kB", () => lines("GET / HTTP/1.1", host(), `X-Long: ${"x".repeat(100_000)}`, "")],
    ["no HTTP at all", () => "hello\r\n\r\n"],
  ])("%s: turned away", async (_, bytes) => {
    expect(await raw(bytes())).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
    await alive();
  });

  it.each([
    "GET /socket.io/../x HTTP/1.1",
    "GET http://evil.example/socket.io/ HTTP/1.1",
    "GET /_next/webpack-hmr HTTP/1.1",
    "GET / HTTP/1.1",
  ])("an upgrade of %s goes nowhere", async (line) => {
    const answer = await raw(
      lines(
        line,
        host(),
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "",
      ),
    );
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
    await alive();
  });
});

describe("[F40] a request from another site", () => {
  const post = (headers: Record<string, string>, body: BodyInit = JSON.stringify({ name: "csrf" })) =>
    ada.visitor.fetch("/api/v1/tokens", {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
    });

  it.each([
    ["another host", { origin: "https://evil.example" }],
    ["null", { origin: "null" }],
    ["our host with a suffix", { origin: `http://127.0.0.1.evil.example` }],
    ["our host on another port", { origin: "http://127.0.0.1:1" }],
    ["our host in a user name", { origin: "http://127.0.0.1@evil.example" }],
    ["a cross-site fetch", { "sec-fetch-site": "cross-site" }],
  ])("is refused: %s", async (_, headers) => {
    expect((await post(headers)).status).toBe(403);
  });

  it("is refused as a form or plain text", async () => {
    expect((await post({ "content-type": "text/plain" })).status).toBe(422);
    expect((await post({ "content-type": "application/x-www-form-urlencoded" }, "name=csrf")).status).toBe(422);
  });

  it("is refused with a cookie and no Origin", async () => {
    const cookie = [...ada.visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${parley.origin}/api/v1/tokens`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(403);
  });

  it("changed nothing", async () => {
    expect((await ada.visitor.call("GET", "/tokens")).body.tokens.map(({ name }) => name)).toEqual(["tests"]);
  });
});

describe("a REST body", () => {
  const post = (body: string) => ada.visitor.call("POST", "/tokens", body);

  it.each([
    ["that is no JSON", "{", 422],
    ["that is empty", "", 422],
    ["that is a list", "[]", 422],
    ["with an unknown key", '{"name":"x","isAdmin":true}', 422],
    ["that reaches for the prototype", '{"name":"x","__proto__":{"admin":true}}', 422],
    ["of the wrong type", '{"name":{"$gt":""}}', 422],
    ["without its field", "{}", 422],
    ["with NUL", '{"name":"a\\u0000b"}', 422],
    ["with half a surrogate pair", '{"name":"a\\ud800b"}', 422],
    ["that is nested 10,000 deep", `{"name":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, 422],
    ["of 100 kB", JSON.stringify({ name: "x".repeat(100_000) }), 413],
  ])("%s is refused with a code", async (_, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(answer.body).toMatchObject({ code: status === 413 ? "too_large" : "invalid", detail: expect.any(String) });
  });
});
