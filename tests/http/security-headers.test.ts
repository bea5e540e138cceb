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
];
const CALLS = ["/api/v1/me", "/api/v1/nothing", "/api/v1/workspaces/none", "/api/auth/csrf", "/api/auth/session"];

const policyOf = (response: Response) =>
  new Map(
    (response.headers.get("content-security-policy") ?? "").split("; ").map((directive): [string, string] => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );

describe("every answer", () => {
  it.each([...PAGES, ...CALLS, "/healthz", "/readyz", "//double", "/_next/static/none.js"])("of %s", async (path) => {
    const response = await ada.visitor.fetch(path);
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

  it("of a request that is turned away at the door carries them too", async () => {
    const response = await fetch(`${parley.origin}/login`, { method: "POST", headers: { "next-action": "x" } });
    expect(response.status).toBe(400);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
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

describe("behind https", () => {
  it("cookies carry Secure and the __Host- prefix, and browsers are told to stay", async () => {
    const https = await startParley({ env: { PUBLIC_URL: "https://chat.example" } });
    const visitor = visit(https.origin);
    const csrf = await visitor.fetch("/api/auth/csrf", { headers: { origin: "https://chat.example" } });
    for (const cookie of csrf.headers.getSetCookie())
      expect(cookie).toMatch(/^__Host-.*; HttpOnly; Secure; SameSite=Lax$/);
    expect(csrf.headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
    const page = await visitor.fetch("/login");
    expect(page.headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
    await https.stop();
  });

  it("the session's cookie is HttpOnly and SameSite everywhere", async () => {
    const visitor = visit(parley.origin);
    const { csrfToken } = await (await visitor.fetch("/api/auth/csrf")).json();
    const response = await visitor.fetch("/api/auth/callback/guest", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, nickname: "Cookie Tester", json: "true" }),
    });
    const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith("parley.sid="));
    expect(session).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });
});
