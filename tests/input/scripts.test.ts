import type { Browser, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { openBrowser, openPage } from "@/tests/support/browser";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

const PWN = "window.__pwn=1";

/** Bodies that a careless page would run. */
const SCRIPTS = [
  `<script>${PWN}</script>`,
  `"><script>${PWN}</script>`,
  `</script><script>${PWN}</script>`,
  `<img src=x onerror="${PWN}">`,
  `<svg onload=${PWN}>`,
  `<svg><script>${PWN}</script></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${PWN}>`,
  `<iframe srcdoc="<script>parent.${PWN}</script>">`,
  `<body onload=${PWN}>`,
  `<details open ontoggle=${PWN}>`,
  `<a href="javascript:${PWN}">x</a>`,
  `<style>@import 'javascript:${PWN}';</style>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${PWN}">`,
  `<base href="https://evil.example/">`,
  `<form action="https://evil.example/"><input name=q></form>`,
  "{{constructor.constructor('window.__pwn=1')()}}",
  `\u2028${PWN}\u2029`,
  "<!--",
  "-->",
  "]]>",
  "<![CDATA[",
  `&lt;script&gt;${PWN}&lt;/script&gt;`,
  `&#60;script&#62;${PWN}&#60;/script&#62;`,
];

/** Markdown whose links, pictures and fences would run it. */
const MARKDOWN = [
  `[link](javascript:${PWN})`,
  `[link](JaVaScRiPt:${PWN})`,
  `[link](java\tscript:${PWN})`,
  `[link](&#106;avascript:${PWN})`,
  `[link](javascript&colon;${PWN})`,
  `[link](data:text/html,<script>${PWN}</script>)`,
  `[link](vbscript:${PWN})`,
  `[link](https://a.example" onmouseover="${PWN})`,
  `[link](https://a.example 'title" onclick="${PWN}')`,
  `![picture](x" onerror="${PWN})`,
  `![picture](javascript:${PWN})`,
  `<javascript:${PWN}>`,
  `<https://a.example"onclick="${PWN}>`,
  `https://a.example/"onmouseover="${PWN}`,
  `[link][ref]\n\n[ref]: javascript:${PWN}`,
  `\`\`\`"><script>${PWN}</script>\n<img src=x onerror=${PWN}>\n\`\`\``,
  `\`\`\`html" onload="${PWN}\n<script>${PWN}</script>\n\`\`\``,
  `\`<img src=x onerror=${PWN}>\``,
  `**<img src=x onerror=${PWN}>**`,
  `> <svg onload=${PWN}>`,
  `- <img src=x onerror=${PWN}>`,
  `:"><script>${PWN}</script>:`,
  `@"><script>${PWN}</script>`,
];

/** Names and topics are short: what fits. */
const NAME = `<img src=x onerror=${PWN}>`;
const TOPIC = `"><script>${PWN}</script><svg onload=${PWN}> </title></head>`;
const CHANNEL = `<script>${PWN}</script>`;

let database: TestDatabase;
let parley: Parley;
let browser: Browser;
let page: Page;
const faults: string[] = [];

async function say(person: Person, channelId: string, bodies: string[]): Promise<void> {
  for (const body of bodies) {
    const { status } = await person.rest("POST", `/channels/${channelId}/messages`, { id: newId(), body });
    expect(status).toBe(201);
  }
}

beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  const ada = await joinParley(parley.origin, "ada");
  expect((await ada.visitor.call("PATCH", "/me", { displayName: NAME })).status).toBe(200);
  await database.pool.query("UPDATE workspaces SET name = $1", [TOPIC]);
  const made = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/channels`, {
    name: CHANNEL,
    topic: TOPIC,
  });
  expect(made.status).toBe(201);
  await say(ada, made.body.channel.id, SCRIPTS);
  const { id: general } = await ada.channel("general");
  await ada.rest("PATCH", `/channels/${general}`, { topic: TOPIC });
  await say(ada, general, MARKDOWN);

  browser = await openBrowser();
  const opened = await openPage(browser, parley.origin);
  page = opened.page;
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== parley.origin && protocol.startsWith("http")) faults.push(`request: ${request.url()}`);
  });
  await page.exposeFunction("reportViolation", (what: string) => faults.push(`violation: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
      const report: unknown = Reflect.get(window, "reportViolation");
      if (typeof report === "function") report(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
});
afterAll(async () => {
  await browser.close();
  await parley.stop();
  await database.drop();
});

/** Nothing ran, nothing was blocked, nothing was fetched from elsewhere, and no element or attribute came of a text. */
async function expectHarmless(): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(window, "__pwn"))).toBeUndefined();
  const planted = await page.evaluate(() => {
    const elements = [...document.body.querySelectorAll("*")];
    const handlers = elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith("on")));
    const links = [...document.querySelectorAll("a[href]")].map(
      (link) => new URL(link.getAttribute("href") ?? "", location.href),
    );
    return {
      handlers,
      protocols: [...new Set(links.map(({ protocol }) => protocol))].filter((one) => !/^(https?|mailto):$/.test(one)),
      elements: document.querySelectorAll(
        "article :is(script, style, iframe, object, embed, form, base, meta, math, img[src])",
      ).length,
    };
  });
  expect(planted).toEqual({ handlers: [], protocols: [], elements: 0 });
  expect(faults).toEqual([]);
}

describe("[F45] no text runs", () => {
  it.each([
    "/login",
    "/signup",
    "/login?next=%22%3E%3Cscript%3Ewindow.__pwn%3D1%3C%2Fscript%3E",
    "/login?ended=%3Cscript%3E",
  ])("on %s, where the policy is kept", async (path) => {
    await page.goto(path);
    await page.getByRole("textbox", { name: "Password" }).waitFor();
    await expectHarmless();
  });

  it("in the names and messages of a channel", async () => {
    await page.goto("/login");
    await page.getByRole("textbox", { name: "Username or email" }).fill("ada");
    await page.getByRole("textbox", { name: "Password" }).fill("a quiet harbour");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { level: 1, name: "general", exact: true }).waitFor();
    await page.getByRole("article").first().waitFor();
    await expectHarmless();
    await page.reload();
    await page.getByRole("article").first().waitFor();
    await page.mouse.move(400, 400);
    await expectHarmless();
  });

  it("in a channel that is itself named by a script, where it stands as text", async () => {
    await page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: CHANNEL }).click();
    await page.getByRole("heading", { level: 1, name: CHANNEL, exact: true }).waitFor();
    const last = page.getByRole("article").last();
    await last.waitFor();
    await expectHarmless();
    await page.reload();
    await page.getByRole("article").last().waitFor();
    await expectHarmless();
    const shown = await page.getByRole("log").textContent();
    for (const text of [SCRIPTS[0], SCRIPTS[3], SCRIPTS[4], "<![CDATA[", `&lt;script&gt;${PWN}`])
      expect(shown).toContain(text);
  });

  it("in every message, whichever way one scrolls", async () => {
    const log = page.getByRole("log");
    const seen = new Set<string>();
    for (let turns = 0; turns < 12; turns += 1) {
      for (const text of await page.getByRole("article").allInnerTexts()) seen.add(text);
      await log.hover();
      await page.mouse.wheel(0, -600);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    }
    expect([...seen].some((text) => text.includes(`<img src=x onerror="${PWN}">`))).toBe(true);
    expect([...seen].some((text) => text.includes(`<script>${PWN}</script>`))).toBe(true);
    await expectHarmless();
  });

  it("on the pages around it", async () => {
    for (const path of [
      "/settings",
      "/parley/no-such-channel",
      "/%3Cscript%3Ewindow.__pwn%3D1%3C%2Fscript%3E",
      "/parley/general?m=%3Cscript%3E",
    ]) {
      const response = await page.goto(path);
      // The browser writes a missing page into the console by itself.
      if (response?.status() === 404)
        faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes("404")));
      await page.locator("h1").first().waitFor();
      await expectHarmless();
    }
  });
});
