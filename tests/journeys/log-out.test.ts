import type { Browser, BrowserContext, Page } from "playwright-core";
import { deviceOf, openTab, untilDevice } from "@/tests/journeys/device-visit";
import { openBrowser } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

const box = (page: Page) => page.getByRole("textbox", { name: "Message #general" });

/** Somebody with a tab open, who has read, has a draft, and has something unsent. */
async function tabOf(username: string): Promise<{ device: BrowserContext; page: Page; person: Person }> {
  const person = await joinParley(parley.origin, username);
  const device = await deviceOf(person, browser, parley.origin);
  const { page, line } = await openTab(device, `/${person.slug}/general`);
  await box(page).fill(`${username} was here`);
  await box(page).press("Enter");
  await page.locator("[data-seq]", { hasText: `${username} was here` }).waitFor();
  line.cut();
  await box(page).fill("not sent");
  await box(page).press("Enter");
  await box(page).fill("half a thought");
  await untilDevice(page, ({ runs, people, unsent }) => runs.length > 0 && people.length > 0 && unsent.length === 1);
  return { device, page, person };
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole("complementary", { name: "Workspace" }).getByRole("button").first().click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
}

test("logging out asks where something is unsent, and a no changes nothing", async () => {
  const { device, page } = await tabOf("ada");
  const asked = new Promise<string>((heard) =>
    page.once("dialog", (dialog) => {
      heard(dialog.message());
      void dialog.dismiss();
    }),
  );
  await logOut(page);
  expect(await asked).toBe("One message is not sent yet and would be lost. Log out all the same?");
  await page.locator("[data-message-id]:not([data-seq])", { hasText: "not sent" }).waitFor();
  expect((await untilDevice(page, ({ runs }) => runs.length > 0)).unsent).toHaveLength(1);
  await device.close();
});

test("logging out leaves nothing on the device that was read or written", async () => {
  const { device, page } = await tabOf("brook");
  page.once("dialog", (dialog) => void dialog.accept());
  await logOut(page);
  await page.waitForURL("**/login");
  const kept = await untilDevice(page, ({ unsent, runs, people }) =>
    [unsent, runs, people].every((all) => !all.length),
  );
  expect(kept.journal).toEqual([]);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes("draft")))).toEqual([]);
  await device.close();
});
