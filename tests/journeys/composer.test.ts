import type { Browser, Page } from "playwright-core";
import { type Cable, layCable, openChannel } from "@/tests/journeys/timeline-visit";
import { openBrowser, openPage } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

const box = (page: Page, channel = "general") => page.getByRole("textbox", { name: `Message #${channel}` });
const stored = (page: Page, text: string) => page.locator("[data-seq]", { hasText: text });
const unsent = (page: Page, text: string) => page.locator("[data-message-id]:not([data-seq])", { hasText: text });

async function open(): Promise<{ page: Page; faults: string[] }> {
  const opened = await openChannel(browser, parley.origin, ada, "general");
  await box(opened.page).waitFor();
  return opened;
}

/** A page whose wire the test can cut. */
async function openOnCable(): Promise<{ page: Page; cable: Cable }> {
  const { page } = await openPage(browser, parley.origin);
  const cable = await layCable(page);
  await page
    .context()
    .addCookies([...ada.visitor.cookies].map(([name, value]) => ({ name, value, url: parley.origin })));
  await page.goto(`/${ada.slug}/general`);
  await box(page).fill("is the wire there");
  await box(page).press("Enter");
  await stored(page, "is the wire there").last().waitFor();
  return { page, cable };
}

test("Enter sends and Shift+Enter breaks the line; the box is empty and ready for the next", async () => {
  const { page, faults } = await open();
  await box(page).pressSequentially("first line");
  await box(page).press("Shift+Enter");
  await box(page).pressSequentially("second line");
  await box(page).press("Enter");
  const row = stored(page, "first line");
  await row.waitFor();
  expect(await row.locator("p").first().innerHTML()).toBe("first line<br>second line");
  expect(await box(page).inputValue()).toBe("");
  expect(await box(page).evaluate((element) => element === document.activeElement)).toBe(true);
  expect(faults).toEqual([]);
  await page.context().close();
});

test("nothing but blanks is not sent", async () => {
  const { page } = await open();
  const before = (await ada.channel("general")).lastSeq;
  await box(page).fill("  \n ");
  await box(page).press("Enter");
  await box(page).fill("something");
  await box(page).press("Enter");
  await stored(page, "something").waitFor();
  expect((await ada.channel("general")).lastSeq).toBe(before + 1);
  await page.context().close();
});

test("a draft is kept for its channel, over other channels and reloads", async () => {
  const { page } = await open();
  await box(page).pressSequentially("half a thought");
  await page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: "random" }).click();
  await box(page, "random").waitFor();
  expect(await box(page, "random").inputValue()).toBe("");
  await page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: "general" }).click();
  await box(page).waitFor();
  expect(await box(page).inputValue()).toBe("half a thought");
  await page.reload();
  await page.waitForFunction(() => document.querySelector("textarea")?.value === "half a thought");
  await page.context().close();
});

test("an emoji is put in by its whole name, or chosen from those that begin so", async () => {
  const { page } = await open();
  await box(page).pressSequentially("hello :smile:");
  await page.waitForFunction(() => document.querySelector("textarea")?.value === "hello 😄");
  await box(page).pressSequentially(" :rock");
  const list = page.getByRole("listbox", { name: "Emoji" });
  await list.waitFor();
  const chosen = await list.getByRole("option", { selected: true }).getAttribute("id");
  expect(await box(page).getAttribute("aria-activedescendant")).toBe(chosen);
  await box(page).press("Escape");
  await list.waitFor({ state: "detached" });
  await box(page).pressSequentially("et");
  await list.getByRole("option", { name: ":rocket:" }).waitFor();
  await box(page).press("Enter");
  await page.waitForFunction(() => document.querySelector("textarea")?.value === "hello 😄 🚀 ");
  await page.context().close();
});

test("an emoji comes in also for a name that was whole before the emoji were there", async () => {
  const { page } = await open();
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    await page.waitForFunction(() => document.querySelector("textarea")?.value.endsWith("then on"));
    await route.continue();
  });
  await box(page).pressSequentially(":tada: and then on");
  await page.waitForFunction(() => document.querySelector("textarea")?.value === "🎉 and then on");
  expect(await box(page).evaluate((area) => area instanceof HTMLTextAreaElement && area.selectionStart)).toBe(14);
  await page.context().close();
});

test("the limit is said when it comes near, and a longer text is kept but not sent", async () => {
  const { page } = await open();
  await box(page).fill("a".repeat(15_880));
  await page.getByText("120 characters left").waitFor();
  await box(page).fill("a".repeat(16_003));
  await page.getByText("3 characters too many").waitFor();
  await box(page).press("Enter");
  expect(await box(page).inputValue()).toHaveLength(16_003);
  await page.context().close();
});

test("a message that does not fit a packet is sent all the same", async () => {
  const { page } = await open();
  await box(page).fill(`wide ${"\u0001".repeat(12_000)}`);
  await box(page).press("Enter");
  await stored(page, "wide").waitFor();
  await page.context().close();
});

test("what is written without a connection is drawn, outlives a reload, and is sent on return, once and in order", async () => {
  const { page, cable } = await openOnCable();
  const before = (await ada.channel("general")).lastSeq;
  cable.cut();
  for (const text of ["written offline one", "written offline two"]) {
    await box(page).fill(text);
    await box(page).press("Enter");
    await unsent(page, text).waitFor();
  }
  await unsent(page, "written offline one").getByText("Sending…").waitFor();
  await page.reload();
  await unsent(page, "written offline two").waitFor();
  cable.mend();
  await stored(page, "written offline one").waitFor();
  await stored(page, "written offline two").waitFor();
  expect(await unsent(page, "written").count()).toBe(0);
  expect(await stored(page, "written offline one").getAttribute("data-seq")).toBe(`${before + 1}`);
  expect(await stored(page, "written offline two").getAttribute("data-seq")).toBe(`${before + 2}`);
  expect(await page.locator("[data-message-id]", { hasText: "written offline" }).count()).toBe(2);
  await page.context().close();
});

test("a refused message is kept with the reason, over a reload too, and can be tried again or discarded", async () => {
  const { page, cable } = await openOnCable();
  cable.refuseSends("forbidden");
  for (const text of ["refused one", "refused two"]) {
    await box(page).fill(text);
    await box(page).press("Enter");
    await unsent(page, text).getByText("You may not write here.").waitFor();
  }
  await page.reload();
  await unsent(page, "refused one").getByText("Not sent.").waitFor();
  cable.refuseSends(null);
  await unsent(page, "refused one").getByRole("button", { name: "Retry" }).click();
  await stored(page, "refused one").waitFor();
  await unsent(page, "refused two").getByRole("button", { name: "Discard" }).click();
  await unsent(page, "refused two").waitFor({ state: "detached" });
  await page.reload();
  await stored(page, "refused one").waitFor();
  expect(await page.locator("[data-message-id]", { hasText: "refused two" }).count()).toBe(0);
  await page.context().close();
});

test("one's own message is the same element before and after the server has it", async () => {
  const { page, cable } = await openOnCable();
  cable.cut();
  await box(page).fill("one and the same");
  await box(page).press("Enter");
  const row = await unsent(page, "one and the same").elementHandle();
  cable.mend();
  await stored(page, "one and the same").waitFor();
  expect(await row?.getAttribute("data-seq")).toMatch(/^\d+$/);
  expect(await row?.evaluate((element) => element.isConnected)).toBe(true);
  await page.context().close();
});

test("an archived channel says so where its composer was", async () => {
  await ada.rest("POST", `/workspaces/${ada.slug}/channels`, { name: "regatta" });
  const { page } = await openChannel(browser, parley.origin, ada, "regatta");
  await box(page, "regatta").waitFor();
  const { id } = await ada.channel("regatta");
  expect((await ada.rest("PATCH", `/channels/${id}`, { archived: true })).status).toBe(200);
  await page.getByText("#regatta is archived.").waitFor();
  expect(await box(page, "regatta").count()).toBe(0);
  await page.context().close();
});
