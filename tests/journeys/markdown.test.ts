import AxeBuilder from "@axe-core/playwright";
import type { Browser, Locator, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { openChannel, sayMany } from "@/tests/journeys/timeline-visit";
import { openBrowser, PHONE } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let page: Page;
let faults: string[];

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  const peer = await ada.connect();
  await sayMany(peer, (await ada.channel("general")).id, 40);
  peer.close();
  ({ page, faults } = await openChannel(browser, parley.origin, ada, "general"));
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

async function say(body: string): Promise<string> {
  const { id: channelId } = await ada.channel("general");
  const id = newId();
  const { status } = await ada.rest("POST", `/channels/${channelId}/messages`, { id, body });
  expect(status).toBe(201);
  await row(id).waitFor();
  return id;
}

const row = (id: string, where = page) => where.locator(`[data-message-id="${id}"]`);
const topOf = (what: Locator) => what.evaluate((element) => element.getBoundingClientRect().top);
const lines = (count: number) => Array.from({ length: count }, (_, line) => `line ${line + 1}`).join("\n");

test("a spoiler is covered until it is pressed, by mouse or by key", async () => {
  const id = await say("It was ||the butler|| and ||the [cook](https://x.example)||.");
  const [first, second] = [
    row(id)
      .getByRole("button", { name: /Spoiler/ })
      .first(),
    row(id)
      .getByRole("button", { name: /Spoiler/ })
      .nth(1),
  ];
  expect(await row(id).getByText("the butler").isVisible()).toBe(false);
  await first.click();
  await row(id).getByText("the butler").waitFor();
  expect(await row(id).getByRole("link").count()).toBe(0);
  const cover = await row(id)
    .getByRole("button", { name: /Spoiler/ })
    .elementHandle();
  await cover?.focus();
  await page.keyboard.press("Enter");
  await row(id).getByRole("link", { name: "cook" }).waitFor();
  expect(await cover?.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await second.count()).toBe(0);
});

test("a new message is read out without what its spoilers hide", async () => {
  const brook = await joinParley(parley.origin, "brook");
  const { id: channelId } = await brook.channel("general");
  await brook.rest("POST", `/channels/${channelId}/messages`, { id: newId(), body: "**Psst:** ||the gardener||" });
  await page.getByRole("status").filter({ hasText: "brook: Psst: (spoiler)" }).waitFor({ state: "attached" });
});

test("what draws formulas is fetched at the first formula, and what is none stays text", async () => {
  const scripts: string[] = [];
  page.on("response", (response) => scripts.push(response.url()));
  const plain = await say("That is $5 and $6 more.");
  expect(await row(plain).locator("math").count()).toBe(0);
  expect(await row(plain).textContent()).toContain("That is $5 and $6 more.");
  expect(scripts).toEqual([]);
  const id = await say(
    "Then $a^2 + b^2 = c^2$, and:\n$$\n\\sum_{i=1}^n i = \\frac{n(n+1)}{2}\n$$\nbut $\\nosuch{$ not.",
  );
  await row(id).locator("math").nth(1).waitFor();
  expect(await row(id).locator("math msup").count()).toBe(3);
  expect(await row(id).locator("math mfrac").count()).toBe(1);
  expect(await row(id).getByText("$\\nosuch{$").isVisible()).toBe(true);
  expect(scripts.some((url) => url.endsWith(".js"))).toBe(true);
});

test("a wide table scrolls by itself and widens nothing", async () => {
  const cells = Array.from({ length: 30 }, (_, column) => `column${column}`);
  const id = await say(`| ${cells.join(" | ")} |\n|${" - |".repeat(30)}\n| ${cells.join(" | ")} |`);
  const box = row(id).getByRole("region", { name: "Table" });
  const [inside, outside] = await box.evaluate((element) => [element.scrollWidth, element.clientWidth]);
  expect(inside).toBeGreaterThan(outside ?? 0);
  const [wide, shown] = await page.getByRole("log").evaluate((element) => [element.scrollWidth, element.clientWidth]);
  expect(wide).toBe(shown);
});

test("code has its language, its colours and its copy", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await say(`\`\`\`ts\nconst where = "${"harbour ".repeat(60)}";\n\`\`\``);
  const code = row(id).locator("pre");
  await row(id).getByText("ts", { exact: true }).waitFor();
  await code.locator("span", { hasText: "const" }).first().waitFor();
  const wide = () => code.evaluate((element) => element.scrollWidth > element.clientWidth);
  expect(await wide()).toBe(true);
  const wrap = row(id).getByRole("button", { name: "Wrap lines" });
  const before = await topOf(wrap);
  await wrap.click();
  expect(await wrap.getAttribute("aria-pressed")).toBe("true");
  expect(await wide()).toBe(false);
  expect(Math.abs((await topOf(wrap)) - before)).toBeLessThanOrEqual(1);
  await row(id).getByRole("button", { name: "Copy" }).click();
  await row(id).getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`const where = "${"harbour ".repeat(60)}";`);
});

describe("a long message", () => {
  test("is folded, and unfolding moves nothing above it, at the bottom and in the middle of a conversation", async () => {
    const id = await say(lines(60));
    const more = row(id).getByRole("button", { name: "Show more" });
    await page.getByRole("log").press("End");
    await more.scrollIntoViewIfNeeded();
    const start = row(id).getByText("line 1");
    const before = await topOf(start);
    await more.click();
    expect(Math.abs((await topOf(start)) - before)).toBeLessThanOrEqual(1);
    const less = row(id).getByRole("button", { name: "Show less" });
    await less.scrollIntoViewIfNeeded();
    const pressed = await topOf(less);
    await less.click();
    await more.waitFor();
    expect(Math.abs((await topOf(more)) - pressed)).toBeLessThanOrEqual(1);
    for (let count = 0; count < 12; count += 1) await say(`after it ${count}`);
    await more.scrollIntoViewIfNeeded();
    const again = await topOf(start);
    await more.click();
    expect(Math.abs((await topOf(start)) - again)).toBeLessThanOrEqual(1);
  });

  test("is whole where a link leads to it", async () => {
    const id = await say(lines(70));
    const { page: other } = await openChannel(browser, parley.origin, ada, `general?m=${id}`);
    await row(id, other).getByRole("button", { name: "Show less" }).waitFor();
    await other.context().close();
  });

  test("does not hide what the keyboard reaches", async () => {
    const id = await say(`${lines(40)}\n[the end](https://x.example)`);
    await row(id).getByRole("link", { name: "the end" }).focus();
    await row(id).getByRole("button", { name: "Show less" }).waitFor();
    expect(await row(id).getByRole("link", { name: "the end" }).isVisible()).toBe(true);
  });
});

test("all of it is accessible, light and dark, fits a phone, and breaks no policy", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const options = { ...PHONE, colorScheme };
    const { page: phone, faults: broken } = await openChannel(browser, parley.origin, ada, "general", options);
    await phone.locator("math").first().waitFor();
    const { violations } = await new AxeBuilder({ page: phone }).include('[role="log"]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const [wide, window] = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide).toBe(window);
    expect(broken).toEqual([]);
    await phone.context().close();
  }
  expect(faults).toEqual([]);
});
