import type { Browser, BrowserContext, Page } from "playwright-core";
import { v7 } from "uuid";
import { deviceOf, type Line, openTab } from "@/tests/journeys/device-visit";
import { openBrowser } from "@/tests/support/browser";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let database: TestDatabase;
let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let device: BrowserContext;
let page: Page;
let line: Line;

/** The same secret each time, so that a session outlives the process. */
const AUTH_SECRET = "a secret of thirty-two characters and more";
const start = (port = "0") =>
  startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off", PORT: port, AUTH_SECRET } });

beforeAll(async () => {
  database = await createDatabase();
  parley = await start();
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
});

beforeEach(async () => {
  device = await deviceOf(ada, browser, parley.origin);
  ({ page, line } = await openTab(device, `/${ada.slug}/general`));
  await write("the line is there");
});

afterEach(() => device.close());

afterAll(async () => {
  await browser.close();
  await parley.stop();
  await database.drop();
});

const row = (text: string) => page.locator("[data-seq]", { hasText: text });

async function write(text: string): Promise<void> {
  const box = page.getByRole("textbox", { name: "Message #general" });
  await box.fill(text);
  await box.press("Enter");
  await row(text).last().waitFor();
}

async function brookSays(body: string): Promise<void> {
  const peer = await brook.connect();
  const answer = await peer.ask("message:send", { id: v7(), channelId: (await brook.channel("general")).id, body });
  peer.close();
  if (!answer.ok) throw new Error(answer.error.code);
}

/** The seqs that are drawn, from the first to the last. */
const seqs = () =>
  page.locator("[data-seq]").evaluateAll((rows) => rows.map((each) => Number(each.getAttribute("data-seq"))));

test("a line that died unnoticed is left when the network comes back, and what was missed is there", async () => {
  line.deaden();
  await brookSays("said over the dead line");
  // The device tells of its network by this event; nothing else has shown that the line is dead.
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await row("said over the dead line").waitFor();
  await write("and the answer");
});

test("a network that goes is noticed at once; what is written meanwhile and what was missed are there on return", async () => {
  await device.setOffline(true);
  await page.getByText("You are offline.").waitFor();
  line.cut();
  await brookSays("said while ada was away");
  const box = page.getByRole("textbox", { name: "Message #general" });
  await box.fill("written while away");
  await box.press("Enter");
  line.mend();
  await device.setOffline(false);
  await row("said while ada was away").waitFor();
  await row("written while away").waitFor();
  await page.getByText("You are offline.").waitFor({ state: "detached" });
});

test("a server that is replaced costs nobody a message: what was said meanwhile follows, each once and in order", async () => {
  const { port } = new URL(parley.origin);
  await parley.stop();
  const box = page.getByRole("textbox", { name: "Message #general" });
  await box.fill("written while there was no server");
  await box.press("Enter");
  parley = await start(port);
  await row("written while there was no server").waitFor();
  await brookSays("said by the new one");
  await row("said by the new one").waitFor();
  const drawn = await seqs();
  expect(drawn).toEqual(drawn.map((_, index) => (drawn[0] ?? 0) + index));
  expect(await page.locator("[data-message-id]", { hasText: "written while there was no server" }).count()).toBe(1);
});
