import type { Browser, BrowserContext, Page } from "playwright-core";
import { deviceOf, type Line, openTab, untilDevice } from "@/tests/journeys/device-visit";
import { openBrowser } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let device: BrowserContext;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
});

beforeEach(async () => {
  device = await deviceOf(ada, browser, parley.origin);
});

afterEach(() => device.close());

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

const box = (page: Page) => page.getByRole("textbox", { name: "Message #general" });
const stored = (page: Page, text: string) => page.locator("[data-seq]", { hasText: text });
const unsent = (page: Page, text: string) => page.locator("[data-message-id]:not([data-seq])", { hasText: text });
const rows = (page: Page, text: string) => page.locator("[data-message-id]", { hasText: text });

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press("Enter");
  await rows(page, text).first().waitFor();
}

const tab = () => openTab(device, `/${ada.slug}/general`);

/** The same, connected: something was sent and is there. */
async function connectedTab(greeting: string) {
  const opened = await tab();
  await write(opened.page, greeting);
  await stored(opened.page, greeting).waitFor();
  return opened;
}

/** How often each text stands in the channel, as the server has it. */
async function said(texts: string[]): Promise<number[]> {
  const { id } = await ada.channel("general");
  const path = `/channels/${id}/messages?limit=200`;
  const { messages } = (await ada.rest<{ messages: { body: string }[] }>("GET", path)).body;
  return texts.map((text) => messages.filter(({ body }) => body === text).length);
}

const sent = ({ asked }: Line) => asked.filter(({ event }) => event === "message:send").map(({ payload }) => payload);
const until = async (holds: () => boolean, page: Page) => {
  while (!holds()) await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
};

test("[F32] of two tabs that queue while offline, one loaded again in mid-send, each message is sent once, by one tab at a time", async () => {
  const one = await connectedTab("one is here");
  const other = await connectedTab("other is here");
  for (const { line } of [one, other]) line.cut();
  for (const text of ["one first", "one second"]) await write(one.page, text);
  for (const text of ["other first", "other second"]) await write(other.page, text);
  await untilDevice(one.page, (kept) => kept.unsent.length === 4 && kept.journal.length === 0);

  one.line.swallowAnswers("message:send");
  one.line.mend();
  await until(() => sent(one.line).some(({ body }) => body === "one first"), other.page);
  await one.page.reload();
  await unsent(one.page, "one second").waitFor();
  expect(await rows(one.page, "other").count()).toBe(1);
  one.line.swallowAnswers(null);
  await one.page.reload();
  other.line.mend();

  const texts = ["one first", "one second", "other first", "other second"];
  for (const { page } of [one, other]) for (const text of texts) await stored(page, text).waitFor();
  expect(await said(texts)).toEqual([1, 1, 1, 1]);
  for (const { page } of [one, other]) for (const text of texts) expect(await rows(page, text).count()).toBe(1);
  const byOther = new Set(sent(other.line).map(({ body }) => body));
  expect([...byOther].sort()).toEqual(["other first", "other is here", "other second"]);
  expect(new Set(sent(one.line).map(({ body }) => body))).not.toContain("other first");
  await untilDevice(one.page, (kept) => kept.unsent.length === 0 && kept.journal.length === 0);
});

test("a tab that is closed in mid-send, its acknowledgement swallowed, leaves the message once and nothing to send", async () => {
  const { page, line } = await connectedTab("about to close");
  line.swallowAnswers("message:send");
  await write(page, "closed in mid-send");
  await until(() => sent(line).some(({ body }) => body === "closed in mid-send"), page);
  await page.close();
  const again = await tab();
  await stored(again.page, "closed in mid-send").waitFor();
  await untilDevice(again.page, (kept) => kept.unsent.length === 0 && kept.journal.length === 0);
  expect(await rows(again.page, "closed in mid-send").count()).toBe(1);
  expect(await said(["closed in mid-send"])).toEqual([1]);
});

test("what is written in the last instant before a tab is closed or crashes is sent by the next one", async () => {
  for (const ending of ["closed", "crashed"] as const) {
    const { page, line } = await connectedTab(`about to be ${ending}`);
    line.cut();
    await box(page).fill(`last words, ${ending}`);
    // The journal has it when the key's event is over; nothing is waited for.
    await box(page).press("Enter");
    if (ending === "closed") await page.close();
    else {
      const session = await device.newCDPSession(page);
      const crashed = page.waitForEvent("crash");
      void session.send("Page.crash").catch(() => undefined);
      await crashed;
    }
    const again = await tab();
    await stored(again.page, `last words, ${ending}`).waitFor();
    expect(await said([`last words, ${ending}`])).toEqual([1]);
    await again.page.close();
  }
});

test("what a closed tab left is sent by another that is open, without a reload or a lost connection", async () => {
  const heir = await connectedTab("the heir is here");
  const { page, line } = await connectedTab("the other tab too");
  line.cut();
  await write(page, "left to the heir");
  expect(await rows(heir.page, "left to the heir").count()).toBe(0);
  await page.close();
  await stored(heir.page, "left to the heir").waitFor();
  expect(await said(["left to the heir"])).toEqual([1]);
  expect(sent(heir.line).filter(({ body }) => body === "left to the heir")).toHaveLength(1);
});

test("what an older version kept in the browser's storage is shown, sent, and kept there no longer", async () => {
  const { page, line } = await connectedTab("the old days");
  line.cut();
  const [id] = await page.evaluate(
    ([channelId, prefix]) => {
      const id = "0193f000-0000-7000-8000-000000000001";
      const writtenAt = new Date().toISOString();
      const unsent = { id, channelId, body: "from an older version", writtenAt, failure: null };
      localStorage.setItem(`${prefix}${id}`, JSON.stringify({ tab: "long closed", unsent }));
      return [id];
    },
    [(await ada.channel("general")).id, `parley.outbox.${ada.account.id}.${ada.slug}.`],
  );
  await page.reload();
  await unsent(page, "from an older version").waitFor();
  await untilDevice(page, (kept) => kept.journal.length === 0 && kept.unsent.some((each) => each.id === id));
  line.mend();
  await stored(page, "from an older version").waitFor();
  await untilDevice(page, (kept) => kept.unsent.length === 0);
});

test("where the browser forbids to keep anything, and over plain HTTP, one can write all the same", async () => {
  await device.addInitScript(() => {
    const forbidden = () => {
      throw new DOMException("forbidden", "SecurityError");
    };
    Object.defineProperty(window, "localStorage", { get: forbidden });
    IDBFactory.prototype.open = forbidden;
    Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
    Object.defineProperty(Crypto.prototype, "randomUUID", { value: undefined });
  });
  const { page, line } = await connectedTab("nothing is kept");
  line.cut();
  await write(page, "only in memory");
  await unsent(page, "only in memory").waitFor();
  line.mend();
  await stored(page, "only in memory").waitFor();
  expect(await said(["only in memory"])).toEqual([1]);
});

test("a message that is acknowledged leaves no trace on the device", async () => {
  const { page } = await connectedTab("here and gone");
  await untilDevice(page, (kept) => kept.unsent.length === 0 && kept.journal.length === 0);
});
