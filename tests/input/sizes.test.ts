import type { Browser } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { openBrowser, openPage } from "@/tests/support/browser";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

const MOST = 16_000;
const fill = (unit: string) => unit.repeat(Math.floor(MOST / unit.length));

/** Each of the greatest length that a message may have, made to be slow to read or to draw. */
const HEAVY: [string, string][] = [
  ["backticks", fill("`")],
  [
    "backticks in rising runs",
    Array.from({ length: 170 }, (_, n) => "`".repeat(n))
      .join(" ")
      .slice(0, MOST),
  ],
  ["stars", fill("*")],
  ["stars and letters", fill("*a_")],
  ["emphasis that never ends", fill("**a ")],
  ["nested quotes", fill(">")],
  ["nested quotes with spaces", fill("> ")],
  [
    "nested lists",
    Array.from({ length: 170 }, (_, n) => `${" ".repeat(n)}- a`)
      .join("\n")
      .slice(0, MOST),
  ],
  ["brackets", fill("[")],
  ["half-open links", fill("[a](")],
  ["nested links", `${"[".repeat(5_000)}a${"](x)".repeat(2_500)}`],
  ["links", fill("[a](https://a.example) ")],
  ["pictures", fill("![")],
  ["mentions", fill("@ada ")],
  ["addresses", fill("https://a.example/ ")],
  ["an address without an end", `https://a.example/${"a".repeat(15_000)}`],
  ["one word", fill("a")],
  ["one word of wide letters", fill("W")],
  ["lines", fill("\n")],
  ["lines with words", fill("a\n")],
  ["rules", fill("---\n")],
  ["fences", fill("```\n")],
  ["a fence of many languages", `\`\`\`typescript\n${fill("{[(<").slice(0, 15_000)}\n\`\`\``],
  ["a huge table", `|${"a|".repeat(200)}\n|${"-|".repeat(200)}\n${`|${"b|".repeat(200)}\n`.repeat(36)}`.slice(0, MOST)],
  ["angles", fill("<")],
  ["tags", fill("<a>")],
  ["entities", fill("&#x26;")],
  ["backslashes", fill("\\")],
  ["accents on one letter", `a${"\u0301".repeat(15_000)}`],
  ["families", fill("👩‍👩‍👧‍👦")],
  ["bidi overrides", fill("\u202ea\u202d")],
  ["emoji names", fill(":a:")],
  ["colons", fill(":")],
  ["tildes", fill("~~a")],
  ["tabs", fill("\t")],
];

let parley: Parley;
let ada: Person;
let peer: Peer;
let browser: Browser;
beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  peer = await ada.connect();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  peer.close();
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
});

const create = async (name: string): Promise<string> => {
  const { body } = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/channels`, { name });
  return body.channel.id;
};

describe("[F50] a message that is heavy to draw", () => {
  it.each(HEAVY)("%s: is kept to the letter and drawn", async (what, body) => {
    const channelId = await create(what);
    expect([...body].length).toBeLessThanOrEqual(MOST);
    const sent = await peer.ask("message:send", { id: newId(), channelId, body });
    expect(sent).toMatchObject({ ok: true, message: { body } });
    const response = await ada.visitor.fetch(`/${ada.slug}/${encodeURIComponent(what)}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('role="article"');
  });

  it("leaves the server quick for others", async () => {
    const channelId = await create("all of them");
    for (const [, body] of HEAVY) await peer.ask("message:send", { id: newId(), channelId, body });
    const pages = Array.from({ length: 3 }, () => ada.visitor.fetch(`/${ada.slug}/all%20of%20them`));
    expect((await fetch(`${parley.origin}/healthz`)).status).toBe(200);
    for (const page of pages) expect((await page).status).toBe(200);
  });

  it("neither breaks the page nor widens it, in a browser", async () => {
    const { page, faults } = await openPage(browser, parley.origin);
    await page.goto("/login?next=/parley/all%20of%20them");
    await page.getByRole("textbox", { name: "Username or email" }).fill("ada");
    await page.getByRole("textbox", { name: "Password" }).fill("a quiet harbour");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { level: 1, name: "all of them" }).waitFor();
    await page.getByRole("article").last().waitFor();
    const width = await page.evaluate(() => ({
      document: document.documentElement.scrollWidth,
      window: window.innerWidth,
    }));
    expect(width.document).toBeLessThanOrEqual(width.window);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe("[F50] what is too long", () => {
  it.each([
    ["a message of 100 kB over a socket's limit", 100_000, "too_large"],
    ["a message of one character too many", MOST + 1, "invalid"],
  ])("is refused: %s", async (_, length, code) => {
    const { id } = await ada.channel("random");
    const before = await ada.channel("random");
    const answer = await ada.rest<{ code: string }>("POST", `/channels/${id}/messages`, {
      id: newId(),
      body: "x".repeat(length * (code === "too_large" ? 3 : 1)),
    });
    expect(answer.body.code).toBe(code);
    expect((await ada.channel("random")).version).toBe(before.version);
  });

  it.each([
    ["a channel's name", { name: "n".repeat(10_000) }],
    ["a channel's topic", { name: "short", topic: "t".repeat(10_000) }],
  ])("is refused: %s of 10,000 characters", async (_, fields) => {
    expect(await ada.rest("POST", `/workspaces/${ada.slug}/channels`, fields)).toMatchObject({
      status: 422,
      body: { code: "invalid" },
    });
  });

  it.each(["username", "password", "displayName", "email", "workspaceName"])(
    "is refused: a %s of 10,000 characters",
    async (field) => {
      const body = { username: "mallory", password: "a quiet harbour", [field]: "x".repeat(10_000) };
      expect(await ada.visitor.call("POST", "/accounts", body)).toMatchObject({
        status: 422,
        body: { code: "invalid" },
      });
    },
  );
});

test("a long answer reaches who reads it: a page and a sync of the longest messages", async () => {
  const channelId = await create("the long one");
  const body = fill("長");
  const ids = Array.from({ length: 120 }, () => newId());
  for (const id of ids) expect(await peer.ask("message:send", { id, channelId, body })).toMatchObject({ ok: true });
  const late = await ada.connect();
  const synced = await late.ask("sync", { cursors: { [channelId]: 0 } });
  expect(synced.ok && synced.channels[channelId]?.messages.map(({ id }) => id)).toEqual(ids);
  const paged = await late.ask("history", { channelId, limit: 120 });
  expect(paged.ok && paged.messages.map(({ id }) => id)).toEqual(ids);
  expect(late.socket.connected).toBe(true);
  late.close();
});
