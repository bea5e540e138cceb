import WebSocket from "ws";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

let parley: Parley;
let ada: Person;
beforeAll(async () => {
  parley = await startParley();
  ada = await joinParley(parley.origin, "ada");
});
afterAll(() => parley.stop());

const PAGES = [
  "/login",
  "/signup",
  "/",
  "/settings",
  "/parley/general",
  "/parley/nowhere",
  "/no/such/page",
  "/icon.svg",
  "/_next/static/none.js",
];
const CALLS = ["/api/v1/me", "/api/v1/nothing", "/api/v1/workspaces/none", "/api/auth/csrf", "/api/auth/session"];

const policyOf = (response: Response) =>
  new Map(
    (response.headers.get("content-security-policy") ?? "").split("; ").map((directive): [string, string] => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );

/** One of every kind of answer: [what, how it is asked for, the status that shows that it is this kind]. */
const ANSWERS: [string, () => Promise<Response>, number[]][] = [
  ...[...PAGES, ...CALLS, "/healthz", "/readyz"].map((path): [string, () => Promise<Response>, number[]] => [
    `GET ${path}`,
    () => ada.visitor.fetch(path),
    [200, 307, 404],
  ]),
  ["a redirect to log in", () => fetch(`${parley.origin}/parley/general`, { redirect: "manual" }), [307]],
  ["a script", async () => fetch(parley.origin + (await pathOfScript())), [200]],
  ["an address with a double slash", () => ada.visitor.fetch("//double"), [400]],
  ["an address that cannot be decoded", () => ada.visitor.fetch("/%ff"), [400]],
  ["a server action", () => ada.visitor.fetch("/login", { method: "POST", headers: { "next-action": "x" } }), [400]],
  ["a method that no call has", () => ada.visitor.fetch("/api/v1/me", { method: "PUT" }), [405]],
  ["a method that nothing has", () => ada.visitor.fetch("/api/v1/me", { method: "PROPFIND" }), [405]],
  ["401", () => fetch(`${parley.origin}/api/v1/me`), [401]],
  ["403", () => ada.visitor.fetch("/api/v1/me", { method: "PATCH", headers: { origin: "null" } }), [403]],
  ["413", () => ada.visitor.fetch("/api/v1/tokens", json("x".repeat(100_000))), [413]],
  ["422", () => ada.visitor.fetch("/api/v1/tokens", json("")), [422]],
  ["a handshake refused", () => fetch(`${parley.origin}/socket.io/?EIO=4&transport=polling`), [400]],
  ["a foreign handshake", () => fetch(`${parley.origin}/socket.io/`, { headers: { origin: "null" } }), [403]],
  ["an upgrade", upgraded, [101]],
];

function json(name: string): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ name }) };
}

async function pathOfScript(): Promise<string> {
  const html = await (await ada.visitor.fetch("/login")).text();
  return /<script[^>]* src="([^"]+)"/.exec(html)?.[1] ?? "";
}

/** The answer to a WebSocket's handshake. */
function upgraded(): Promise<Response> {
  return new Promise((answered, failed) => {
    const socket = new WebSocket(`${parley.origin.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
    socket.on("error", failed);
    socket.on("upgrade", ({ headers, statusCode }) => {
      const response = new Response(null, {
        headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      });
      answered(Object.defineProperty(response, "status", { value: statusCode }));
      socket.once("open", () => socket.terminate());
    });
  });
}

describe("every answer carries the security headers", () => {
  it.each(ANSWERS)("%s", async (_, ask, statuses) => {
    const response = await ask();
    expect(statuses).toContain(response.status);
    const header = (name: string) => response.headers.get(name);
    expect(header("x-content-type-options")).toBe("nosniff");
    expect(header("x-frame-options")).toBe("DENY");
    expect(header("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(header("cross-origin-opener-policy")).toBe("same-origin");
    expect(header("cross-origin-resource-policy")).toBe("same-origin");
    expect(header("origin-agent-cluster")).toBe("?1");
    expect(header("permissions-policy")).toContain("camera=()");
    expect(header("x-powered-by")).toBeNull();
    expect(header("strict-transport-security")).toBeNull();
    const policy = policyOf(response);
    expect(policy.get("default-src")).toBe("'none'");
    expect(policy.get("frame-ancestors")).toBe("'none'");
    expect(header("content-security-policy")).not.toMatch(/unsafe-inline|unsafe-eval|\*|http:/);
  });
});

describe("a page", () => {
  it("has a nonce of its own on each script, another at each visit, and no inline style", async () => {
    const read = async () => {
      const response = await ada.visitor.fetch("/parley/general");
      const nonce = /'nonce-([^']+)'/.exec(policyOf(response).get("script-src") ?? "")?.[1];
      return { nonce, html: await response.text(), status: response.status };
    };
    const [first, second] = [await read(), await read()];
    expect(first.status).toBe(200);
    expect(Buffer.from(first.nonce ?? "", "base64").length).toBeGreaterThanOrEqual(16);
    expect(first.nonce).not.toBe(second.nonce);
    const scripts = [...first.html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag).toContain(`nonce="${first.nonce}"`);
    expect(first.html).not.toMatch(/\sstyle="/);
  });
});

describe("the REST interface", () => {
  it.each(CALLS)("%s is never stored", async (path) => {
    const response = await ada.visitor.fetch(path);
    expect(response.headers.get("cache-control")).toMatch(/no-store/);
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(response.headers.get("content-type")).toMatch(/^application\/(problem\+)?json/);
  });
});

describe("a cookie", () => {
  it("over plain http is HttpOnly and SameSite, and has no name that promises more", async () => {
    const lines = await cookiesOfLogIn(parley.origin, parley.origin);
    expect(lines.map((line) => line.split("=")[0]).sort()).toEqual(["parley.callback", "parley.csrf", "parley.sid"]);
    for (const line of lines) {
      expect(line).toMatch(/; Path=\/;.* HttpOnly; SameSite=Lax$/);
      expect(line).not.toMatch(/Domain=|Secure/i);
    }
  });
});

describe("behind https", () => {
  const PUBLIC_URL = "https://chat.example";
  let https: Parley;
  beforeAll(async () => {
    https = await startParley({ env: { PUBLIC_URL } });
    await visit(https.origin).call("POST", "/accounts", ADA, { origin: PUBLIC_URL });
  });
  afterAll(() => https.stop());

  it("cookies are Secure and bound to the host by their names", async () => {
    const lines = await cookiesOfLogIn(https.origin, PUBLIC_URL);
    expect(lines.map((line) => line.split("=")[0]).sort()).toEqual([
      "__Host-parley.callback",
      "__Host-parley.csrf",
      "__Host-parley.sid",
    ]);
    for (const line of lines) {
      expect(line).toMatch(/; Path=\/;.* HttpOnly; Secure; SameSite=Lax$/);
      expect(line).not.toMatch(/Domain=/i);
    }
  });

  it.each([
    "/login",
    "/api/v1/me",
    "/api/auth/csrf",
    "/healthz",
    "/no/such",
    "/_next/static/none.js",
    "//x",
    "/socket.io/",
  ])("browsers are told at %s to stay with https", async (path) => {
    const { headers } = await fetch(https.origin + path);
    expect(headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
  });

  it("a page loads nothing by http, and speaks to its public host alone, whatever Host a proxy sends", async () => {
    const policy = policyOf(await fetch(`${https.origin}/login`, { headers: { "x-forwarded-host": "evil.example" } }));
    expect([...policy.keys()]).toContain("upgrade-insecure-requests");
    expect(policy.get("connect-src")).toBe("'self' wss://chat.example");
  });

  it("redirects lead to the public address, whoever forwards them", async () => {
    const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" };
    const response = await fetch(`${https.origin}/api/auth/signin`, { headers, redirect: "manual" });
    expect(response.headers.get("location")).toBe("/login?callbackUrl=https%3A%2F%2Fchat.example");
  });
});

const ADA = { username: "Adele", password: "a quiet harbour" };

/** All cookies that logging in sets, as they were sent. */
async function cookiesOfLogIn(origin: string, named: string): Promise<string[]> {
  const visitor = visit(origin);
  await visitor.call("POST", "/accounts", ADA, { origin: named });
  const csrf = await visitor.fetch("/api/auth/csrf", { headers: { origin: named } });
  const { csrfToken }: { csrfToken: string } = await csrf.json();
  const entered = await visitor.fetch("/api/auth/callback/credentials", {
    method: "POST",
    headers: { origin: named },
    body: new URLSearchParams({ csrfToken, ...ADA }),
  });
  const lines = [...csrf.headers.getSetCookie(), ...entered.headers.getSetCookie()];
  return [...new Map(lines.map((line): [string, string] => [line.split("=")[0] ?? "", line])).values()];
}
