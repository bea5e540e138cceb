import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { rawHttp } from "@/tests/support/wire";

const SECRET = "what-nobody-may-see-7f3a";
let parley: Parley;
let ada: Person;
beforeAll(async () => {
  parley = await startParley();
  ada = await joinParley(parley.origin, "ada");
  const { id } = await ada.channel("general");
  await ada.rest("POST", `/channels/${id}/messages`, { id: crypto.randomUUID(), body: SECRET });
});
afterAll(async () => {
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
});

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
    "/parley/general.segments/_full.segment.rsc",
    "/_next/data/parley/general.json?workspace=parley&channel=general",
    "/_next/image?url=%2Fparley%2Fgeneral&w=64&q=75",
    "/parley/general/",
    "/%70arley/general",
    "/parley/general;x",
    "/parley/general%00",
    "/parley/general?m=1",
  ])("%s", async (path) => {
    for (const headers of [
      {},
      { rsc: "1" },
      { "x-middleware-subrequest": "proxy:proxy:proxy" },
      { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
      { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
      { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_full" },
      { "next-router-state-tree": "%5B%22%22%5D", rsc: "1" },
      { "x-matched-path": "/parley/general", "x-invoke-path": "/parley/general" },
      { "x-nextjs-data": "1", purpose: "prefetch" },
      { range: "bytes=0-1000000" },
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

describe("[F52] a request for a server action", () => {
  it.each(["/", "/login", "/parley/general", "/api/v1/me"])("at %s is turned away at the door", async (path) => {
    const response = await fetch(parley.origin + path, {
      method: "POST",
      headers: { "next-action": "7f3a", "content-type": "text/plain" },
      body: "[]",
    });
    expect(response.status).toBe(400);
  });
});

describe("[F52] addresses that hold what no address should", () => {
  it.each([
    "/%00/general",
    "/parley/%00",
    "/parley/general?m=%00",
    "/parley/general?m=x",
    "/%ff/%fe",
    "/parley/%e0%a4%a",
  ])("%s is not there, even for who is logged in", async (path) => {
    const { status } = await ada.visitor.fetch(path);
    expect(path.includes("?m=") ? [200] : [400, 404]).toContain(status);
    await alive();
  });

  it.each(["/workspaces/%00", "/workspaces/..%2f..", "/channels/%00/messages", "/workspaces/%ff"])(
    "/api/v1%s is not there either",
    async (path) => {
      const { status } = await ada.visitor.fetch(`/api/v1${path}`);
      expect([400, 404, 422]).toContain(status);
    },
  );
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
    [
      "chunks and length, spelt apart",
      () => lines("POST / HTTP/1.1", host(), "Transfer-Encoding : chunked", "Content-Length: 4", "", "0", ""),
    ],
    [
      "a chunk that lies about its length",
      () =>
        lines(
          "POST /api/auth/signout HTTP/1.1",
          host(),
          "Transfer-Encoding: chunked",
          "",
          "5;x=\n",
          "GET / HTTP/1.1",
          "",
        ),
    ],
    [
      "two encodings",
      () => lines("POST / HTTP/1.1", host(), "Transfer-Encoding: chunked", "Transfer-Encoding: identity", "", "0", ""),
    ],
    ["a header without a name", () => lines("GET / HTTP/1.1", host(), ": x", "")],
    ["a folded header", () => lines("GET / HTTP/1.1", host(), "X-A: 1", " Content-Length: 5", "", "hello")],
    ["NUL in a header", () => lines("GET / HTTP/1.1", host(), "X-A: a\u0000b", "")],
    ["no Host", () => lines("GET / HTTP/1.1", "")],
    ["bare line feeds", () => `GET / HTTP/1.1\nHost: x\n\n`],
    ["an absolute address", () => lines("GET http://evil.example/ HTTP/1.1", host(), "")],
    ["a double slash", () => lines("GET //evil.example/x HTTP/1.1", host(), "")],
    ["a backslash", () => lines("GET /\\evil.example HTTP/1.1", host(), "")],
    ["TRACE", () => lines("TRACE / HTTP/1.1", host(), "")],
    ["CONNECT", () => lines("CONNECT evil.example:80 HTTP/1.1", host(), "")],
    ["headers of 100 kB", () => lines("GET / HTTP/1.1", host(), `X-Long: ${"x".repeat(100_000)}`, "")],
    ["no HTTP at all", () => "hello\r\n\r\n"],
  ])("%s: turned away", async (_, bytes) => {
    const answer = await rawHttp(parley, bytes());
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
    expect(answer.match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThanOrEqual(1);
    await alive();
  });

  it.each([
    "GET /socket.io/../x HTTP/1.1",
    "GET http://evil.example/socket.io/ HTTP/1.1",
    "GET /_next/hmr HTTP/1.1",
    "GET / HTTP/1.1",
  ])("an upgrade of %s goes nowhere", async (line) => {
    const answer = await rawHttp(
      parley,
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
