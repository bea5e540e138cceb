import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { openChannel } from "@/tests/journeys/timeline-visit";
import { openBrowser, PHONE } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { OWN_INTERNET, openSite, type Site } from "@/tests/support/preview-site";
import { type Parley, startParley } from "@/tests/support/server";
import { buildVariant } from "@/tests/support/server-variant";

let site: Site;
let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;

beforeAll(async () => {
  site = await openSite();
  const bundle = await buildVariant(OWN_INTERNET);
  parley = await startParley({ bundle, env: { RATE_LIMITS: "off", TEST_SITE_PORT: `${site.port}` } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
  site.close();
});

const card = (page: Page) => page.getByRole("region", { name: "Preview of site.example" });

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message #general" }).fill(text);
  await page.keyboard.press("Enter");
}

test("an owner turns previews on in the settings, and everybody sees what links lead to", async () => {
  const { page: settings } = await openChannel(browser, parley.origin, ada, "general");
  await settings.goto("/settings");
  const choice = settings.getByRole("checkbox", { name: "Show what links lead to" });
  expect(await choice.isChecked()).toBe(false);
  const saved = settings.waitForResponse((response) => response.request().method() === "PATCH");
  await choice.check();
  expect((await saved).status()).toBe(200);
  await settings.reload();
  expect(await choice.isChecked()).toBe(true);
  await settings.context().close();

  const { page, faults } = await openChannel(browser, parley.origin, ada, "general");
  const { page: brooks } = await openChannel(browser, parley.origin, brook, "general");
  const foreign: string[] = [];
  brooks.on("request", (request) => {
    if (!request.url().startsWith(parley.origin)) foreign.push(request.url());
  });
  await write(page, "read http://site.example/harbour");
  for (const one of [page, brooks]) await card(one).getByRole("link", { name: "Page /harbour <b>" }).waitFor();
  expect(await card(brooks).getByText("All about /harbour").isVisible()).toBe(true);
  expect(foreign.filter((url) => url.startsWith("http:"))).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).include('[role="log"]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  expect(faults).toEqual([]);

  // Only its author and those who look after the workspace can take it away.
  expect(await card(brooks).getByRole("button").count()).toBe(0);
  await card(page).getByRole("button", { name: "Remove the preview" }).click();
  for (const one of [page, brooks]) await card(one).waitFor({ state: "detached" });
  await page.context().close();
  await brooks.context().close();
});

test("a card fits a phone, and its button a thumb", async () => {
  const { page } = await openChannel(browser, parley.origin, brook, "general", PHONE);
  await write(page, `http://site.example/${"long".repeat(40)}`);
  const button = card(page).getByRole("button", { name: "Remove the preview" });
  await button.waitFor();
  const box = await button.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide).toBe(window);
  await page.context().close();
});
