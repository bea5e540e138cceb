import type { Browser, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { openChannel } from "@/tests/journeys/timeline-visit";
import { openBrowser } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let page: Page;
let ada: Person;
let brook: Person;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  ({ page } = await openChannel(browser, parley.origin, ada, "random"));
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

async function brookSays(...bodies: string[]): Promise<void> {
  const { id } = await brook.channel("general");
  for (const body of bodies) await brook.rest("POST", `/channels/${id}/messages`, { id: newId(), body });
}

/** A browser without a window has the focus at all times; this is what it says while one is elsewhere. */
async function look(away: boolean): Promise<void> {
  await page.evaluate((elsewhere) => {
    document.hasFocus = () => !elsewhere;
    window.dispatchEvent(new Event(elsewhere ? "blur" : "focus"));
  }, away);
}

/** What stands below the line, by its text. */
const belowLine = () =>
  page.evaluate(() => {
    const marks = [...document.querySelectorAll("hr[aria-label='New messages'], article p")];
    const line = marks.findIndex((mark) => mark.tagName === "HR");
    return line === -1 ? null : marks.slice(line + 1).map((mark) => mark.textContent);
  });

const row = (text: string) => page.locator("[data-seq]", { hasText: text });
const link = () => page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: /^general/ });

test("a line marks where the unread begin when a channel is opened", async () => {
  await brookSays("The ferry leaves at nine", "Bring a coat");
  await link().getByText("2", { exact: false }).waitFor();
  await link().click();
  await row("Bring a coat").waitFor();
  expect(await belowLine()).toEqual(["The ferry leaves at nine", "Bring a coat"]);
});

test("and anew where one stopped reading, when more came while one was elsewhere", async () => {
  await page.waitForFunction(() => !document.title.startsWith("("));
  await look(true);
  await brookSays("It leaves at ten", "No coat needed");
  await row("No coat needed").waitFor();
  await look(false);
  await page.waitForFunction(() => !document.title.startsWith("("));
  expect(await belowLine()).toEqual(["It leaves at ten", "No coat needed"]);
});

test("while one reads along there is none for what comes", async () => {
  await brookSays("See you there");
  await row("See you there").waitFor();
  expect(await belowLine()).toEqual(["It leaves at ten", "No coat needed", "See you there"]);
});
