import type { Browser, Page } from "playwright-core";
import { openChannel, sayMany } from "@/tests/journeys/timeline-visit";
import { openBrowser, PHONE } from "@/tests/support/browser";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let peer: Peer;
let general: string;

const SAID = 1_200;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  peer = await brook.connect();
  general = (await brook.channel("general")).id;
  await sayMany(peer, general, SAID);
});

afterAll(async () => {
  peer.close();
  await browser.close();
  await parley.stop();
});

const open = async (path = "general", options = {}): Promise<{ page: Page; faults: string[] }> => {
  const opened = await openChannel(browser, parley.origin, ada, path, options);
  await opened.page.locator("[data-seq]").last().waitFor();
  return opened;
};

const message = (page: Page, seq: number) => page.locator(`[data-seq="${seq}"]`);
const log = (page: Page) => page.getByRole("log", { name: "Messages in #general" });

/** Scrolls by `step` pixels at a time until a seq stands in the document; how the rows in view kept to it. */
function travel(page: Page, step: number, until: number) {
  return page.evaluate(
    async ({ step, until }) => {
      const log = document.querySelector("[role=log]");
      if (log === null) throw new Error("no log");
      const frame = () => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      const result = { strayed: 0, most: 0, steps: 0 };
      while (log.querySelector(`[data-seq="${until}"]`) === null && result.steps < 3_000) {
        const rows = [...log.querySelectorAll("[data-seq]")];
        const eye = rows.find((row) => row.getBoundingClientRect().bottom > innerHeight / 2);
        const before = eye?.getBoundingClientRect().top ?? 0;
        const stood = log.scrollTop;
        log.scrollTop = stood + step;
        const moved = log.scrollTop - stood;
        await frame();
        await frame();
        const now = eye?.isConnected ? eye.getBoundingClientRect().top : Number.NaN;
        result.strayed = Math.max(result.strayed, Number.isNaN(now) ? Infinity : Math.abs(before - moved - now));
        result.most = Math.max(result.most, log.querySelectorAll("[data-message-id]").length);
        result.steps += 1;
      }
      return result;
    },
    { step, until },
  );
}

/** Seqs in the document, and whether they are ascending without a gap or a repeat. */
function seqsOf(page: Page): Promise<{ first: number; last: number; whole: boolean }> {
  return page.locator("[data-seq]").evaluateAll((rows) => {
    const seqs = rows.map((row) => Number(row.getAttribute("data-seq")));
    const first = seqs[0] ?? 0;
    return { first, last: seqs.at(-1) ?? 0, whole: seqs.every((seq, index) => seq === first + index) };
  });
}

/** The seq of the first row that begins in the view. */
function topmostOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const top = document.querySelector("[role=log]")?.getBoundingClientRect().top ?? 0;
    const rows = [...document.querySelectorAll("[data-seq]")];
    return Number(rows.find((row) => row.getBoundingClientRect().top >= top)?.getAttribute("data-seq"));
  });
}

test("the server's page shows the newest messages at the bottom before any script runs", async () => {
  const { page, faults } = await open("general", { javaScriptEnabled: false });
  const newest = await message(page, SAID).boundingBox();
  expect(newest?.y).toBeGreaterThan(300);
  expect((newest?.y ?? 0) + (newest?.height ?? 0)).toBeLessThan(800);
  expect(faults).toEqual([]);
  await page.context().close();
});

test("the unread begin at a line, which stays", async () => {
  const elsewhere = await ada.connect();
  const { page } = await open();
  await elsewhere.hears("channel:read", ({ readSeq }) => readSeq === SAID);
  elsewhere.close();
  await page.context().close();
  await sayMany(peer, general, 3, SAID + 1);
  const again = await open();
  const line = again.page.getByRole("separator", { name: "New messages" });
  await line.waitFor();
  const below = await message(again.page, SAID + 1).boundingBox();
  expect((await line.boundingBox())?.y).toBeLessThan(below?.y ?? 0);
  expect((await line.boundingBox())?.y).toBeGreaterThan((await message(again.page, SAID).boundingBox())?.y ?? Infinity);
  await again.page.context().close();
});

test.each([
  ["a desktop", {}, 900],
  ["a phone", PHONE, 1_500],
])(
  "on %s the history scrolls back to its start and forth again without a jump, a gap or a crowd",
  async (_, options, step) => {
    const { page, faults } = await open("general", options);
    const last = (await brook.channel("general")).lastSeq;
    const back = await travel(page, -step, 1);
    expect(back.strayed).toBeLessThanOrEqual(1);
    expect(back.most).toBeLessThanOrEqual(260);
    await page.getByText("This is the start of #general").waitFor();
    expect(await seqsOf(page)).toMatchObject({ first: 1, whole: true });
    const forth = await travel(page, step, last);
    expect(forth.strayed).toBeLessThanOrEqual(1);
    expect(await seqsOf(page)).toMatchObject({ last, whole: true });
    expect(faults).toEqual([]);
    await page.context().close();
  },
  180_000,
);

test("a reader who has scrolled up is not pulled by new messages, and a button brings them", async () => {
  const { page } = await open();
  await travel(page, -200, SAID - 70);
  const eye = message(page, await topmostOf(page));
  const before = await eye.boundingBox();
  const last = (await brook.channel("general")).lastSeq;
  await sayMany(peer, general, 2, last + 1);
  const button = page.getByRole("button", { name: "2 new messages" });
  await button.waitFor();
  expect(Math.abs(((await eye.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1);
  await button.click();
  await expectAtBottom(page, last + 2);
  await button.waitFor({ state: "detached" });
  await page.context().close();
});

async function expectAtBottom(page: Page, seq: number): Promise<void> {
  await page.waitForFunction((seq) => {
    const row = document.querySelector(`[data-seq="${seq}"]`);
    const log = document.querySelector("[role=log]");
    return row !== null && log !== null && log.scrollTop === 0;
  }, seq);
}

test("at the bottom one stays at the bottom", async () => {
  const { page } = await open();
  const last = (await brook.channel("general")).lastSeq;
  await sayMany(peer, general, 5, last + 1);
  await expectAtBottom(page, last + 5);
  await page.context().close();
});

test("End leads from anywhere to the newest message", async () => {
  const { page } = await open();
  const last = (await brook.channel("general")).lastSeq;
  await travel(page, -1_500, SAID - 700);
  await log(page).focus();
  await page.keyboard.press("End");
  await expectAtBottom(page, last);
  expect(await seqsOf(page)).toMatchObject({ last, whole: true });
  await page.context().close();
});

test("the row under the eye stays when rows around it change their height by themselves", async () => {
  const { page } = await open();
  await travel(page, -200, SAID - 60);
  const strayed = await page.evaluate(async () => {
    const rows = [...document.querySelectorAll("[data-seq]")];
    const log = document.querySelector("[role=log]")?.getBoundingClientRect();
    const index = rows.findIndex((row) => row.getBoundingClientRect().top >= (log?.top ?? 0));
    const eye = rows[index];
    const before = eye?.getBoundingClientRect().top ?? 0;
    for (const near of [rows[index - 3], rows[index - 1], rows[index + 2], rows.at(-1)]) {
      const image = document.createElement("div");
      image.style.height = "180px";
      near?.append(image);
    }
    const frame = () => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    await frame();
    await frame();
    return Math.abs((eye?.getBoundingClientRect().top ?? 0) - before);
  });
  expect(strayed).toBeLessThanOrEqual(1);
  await page.context().close();
});

test("a link to a message opens at it, marked, and reads on in both directions", async () => {
  const answer = await peer.ask("history", { channelId: general, around: 400, limit: 10 });
  if (!answer.ok) throw new Error(answer.error.message);
  const linked = answer.messages.find(({ seq }) => seq === 400);
  const { page } = await open(`general?m=${linked?.id}`);
  const row = message(page, 400);
  expect(await row.getAttribute("aria-current")).toBe("true");
  const box = await row.boundingBox();
  expect(box?.y).toBeGreaterThan(50);
  expect(box?.y).toBeLessThan(700);
  const forth = await travel(page, 400, 560);
  expect(forth.strayed).toBeLessThanOrEqual(1);
  await page.getByRole("button", { name: "Jump to latest" }).click();
  await expectAtBottom(page, (await brook.channel("general")).lastSeq);
  await page.context().close();
});

test("coming back to a channel finds it where it was left", async () => {
  const { page } = await open();
  await travel(page, -300, SAID - 120);
  const seq = await topmostOf(page);
  const before = await message(page, seq).boundingBox();
  const channels = page.getByRole("navigation", { name: "Channels" });
  await channels.getByRole("link", { name: "random" }).click();
  await page.getByText("This is the start of #random").waitFor();
  await channels.getByRole("link", { name: "general" }).click();
  await message(page, seq).waitFor();
  expect(Math.abs(((await message(page, seq).boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1);
  await page.context().close();
});

test("times are those of the reader's zone", async () => {
  const answer = await peer.ask("history", { channelId: general, limit: 1 });
  if (!answer.ok) throw new Error(answer.error.message);
  const at = new Date(answer.messages[0]?.createdAt ?? "");
  const hour = new Intl.DateTimeFormat("en", {
    timeZone: "Asia/Kolkata",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const { page, faults } = await open("general", { timezoneId: "Asia/Kolkata", locale: "en-GB" });
  await page
    .getByRole("article", { name: `brook, ${hour.format(at)}` })
    .last()
    .waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});
