import type { Browser, BrowserContext, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { deviceOf, openTab } from "@/tests/journeys/device-visit";
import { openBrowser, PHONE } from "@/tests/support/browser";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let brookPeer: Peer;
let channelId: string;
let device: BrowserContext;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  [ada, brook] = [await joinParley(parley.origin, "ada"), await joinParley(parley.origin, "brook")];
  brookPeer = await brook.connect();
  channelId = (await ada.channel("general")).id;
});
afterAll(async () => {
  brookPeer.close();
  await browser.close();
  await parley.stop();
});
beforeEach(async () => {
  device = await deviceOf(ada, browser, parley.origin);
});
afterEach(() => device.close());

async function say(body: string, threadId?: string) {
  const answer = await brookPeer.ask("message:send", {
    id: newId(),
    channelId,
    body,
    ...(threadId === undefined ? {} : { threadId }),
  });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.message;
}
const row = (page: Page, id: string) => page.locator(`[aria-label="Messages in #general"] [data-message-id="${id}"]`);
const panel = (page: Page) => page.getByRole("region", { name: "Thread", exact: true });
const inPanel = (page: Page, text: string) => panel(page).getByRole("article").filter({ hasText: text });
/** A tab whose scripts run: the last composer on the screen takes the focus then, where there is a keyboard. */
async function open(path: string): Promise<Page> {
  const { page } = await openTab(device, path);
  await page.locator("textarea:focus").waitFor();
  return page;
}
const reply = (page: Page) => panel(page).getByRole("textbox", { name: "Reply to thread" });

test("one answers in a thread, the other's answer comes live, and the channel shows how many there are", async () => {
  const root = await say("Shall we meet at noon?");
  const page = await open(`/${ada.slug}/general`);
  await row(page, root.id).hover();
  await row(page, root.id).hover();
  await row(page, root.id).getByRole("button", { name: "Reply in thread" }).click();
  await reply(page).waitFor();
  await inPanel(page, "Shall we meet at noon?").waitFor();
  await expect(reply(page).evaluate((box) => box === document.activeElement)).resolves.toBe(true);
  await reply(page).fill("Noon is fine");
  await reply(page).press("Enter");
  await inPanel(page, "Noon is fine").and(page.locator("[data-seq='1']")).waitFor();
  await say("See you there", root.id);
  await inPanel(page, "See you there").waitFor();
  await row(page, root.id)
    .getByRole("button", { name: /^2 replies/ })
    .waitFor();
  expect(await page.locator('[aria-label="Messages in #general"]').getByText("Noon is fine").count()).toBe(0);
});

test("Escape closes the thread and gives the focus back; back and forward open and close it", async () => {
  const root = await say("Who has the key?");
  await say("I have", root.id);
  const page = await open(`/${ada.slug}/general`);
  const opener = row(page, root.id).getByRole("button", { name: /^1 reply/ });
  await opener.focus();
  await page.keyboard.press("Enter");
  await reply(page).waitFor();
  await reply(page).press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await expect(opener.evaluate((button) => button === document.activeElement)).resolves.toBe(true);
  await page.goBack();
  await inPanel(page, "I have").waitFor();
  await page.goBack();
  await panel(page).waitFor({ state: "detached" });
});

test("a reply that is sent to the channel too stands in both, and leads from there to its thread", async () => {
  const root = await say("Which door?");
  const page = await open(`/${ada.slug}/general?thread=${root.id}`);
  await panel(page).getByRole("checkbox", { name: "Also send to #general" }).check();
  await reply(page).fill("The green one");
  await reply(page).press("Enter");
  const both = page.locator('[aria-label="Messages in #general"] [data-seq]', { hasText: "The green one" });
  await both.waitFor();
  await inPanel(page, "The green one").waitFor();
  await reply(page).press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await both.getByRole("button", { name: "Replied in a thread" }).click();
  await inPanel(page, "Which door?").waitFor();
});

test("a link to a reply opens its channel with the thread beside it", async () => {
  const root = await say("Where is the boat?");
  const answer = await say("At the pier", root.id);
  const page = await open(`/${ada.slug}/general?m=${answer.id}`);
  await inPanel(page, "At the pier").waitFor();
  await row(page, root.id).waitFor();
});

test("a thread that one takes part in is listed with what is new, until it is read", async () => {
  const root = await say("Bread or cake?");
  const page = await open(`/${ada.slug}/general?thread=${root.id}`);
  await reply(page).fill("Cake");
  await reply(page).press("Enter");
  await inPanel(page, "Cake").and(page.locator("[data-seq='1']")).waitFor();
  await reply(page).press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await say("Cake it is", root.id);
  const threads = page.getByRole("button", { name: /^Threads/ });
  await page.getByRole("button", { name: "Threads , new replies" }).click();
  const listed = page.getByRole("region", { name: "Threads" }).getByRole("button", { name: /Bread or cake/ });
  await listed.filter({ hasText: "1 new" }).click();
  await inPanel(page, "Cake it is").waitFor();
  await threads.click();
  await listed.filter({ hasText: "2 replies" }).waitFor();
});

test("on a phone a thread is a page of its own, and the way back leads to the channel", async () => {
  await device.close();
  device = await deviceOf(ada, browser, parley.origin, PHONE);
  const root = await say("Who sails?");
  await say("I do", root.id);
  const { page } = await openTab(device, `/${ada.slug}/general`);
  await page.getByRole("button", { name: "All channels" }).waitFor();
  await row(page, root.id)
    .getByRole("button", { name: /^1 reply/ })
    .tap();
  await inPanel(page, "I do").waitFor();
  await expect(panel(page).evaluate((it) => it.getBoundingClientRect().width)).resolves.toBe(390);
  await panel(page).getByRole("button", { name: "Back to the channel" }).tap();
  await row(page, root.id).waitFor();
  await panel(page).waitFor({ state: "detached" });
});
