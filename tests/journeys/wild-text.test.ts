import AxeBuilder from "@axe-core/playwright";
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
  ({ page } = await openChannel(browser, parley.origin, ada, "general"));
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

async function say(person: Person, body: string): Promise<void> {
  const { id } = await person.channel("general");
  const { status } = await person.rest("POST", `/channels/${id}/messages`, { id: newId(), body });
  expect(status).toBe(201);
}

const row = (text: string) => page.locator("[data-seq]", { hasText: text });

test("[F49] marks piled upon a letter do not paint over what others said", async () => {
  await say(ada, "The ferry leaves at nine");
  await row("The ferry").waitFor();
  await page.mouse.move(0, 0);
  const before = await row("The ferry").screenshot();
  await say(brook, `piled a${"\u0301".repeat(300)}`);
  await row("piled").waitFor();
  expect((await row("The ferry").screenshot()).equals(before)).toBe(true);
});

test("long lines of code scroll by themselves, within reach of the keyboard", async () => {
  await say(ada, `\`\`\`\n${"long line of code ".repeat(60)}\n\`\`\``);
  await row("long line").waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide).toBe(window);
});
