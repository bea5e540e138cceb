import type { Browser, BrowserContext, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { deviceOf, openTab } from "@/tests/journeys/device-visit";
import { openBrowser } from "@/tests/support/browser";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let brookPeer: Peer;
let device: BrowserContext;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  [ada, brook] = [await joinParley(parley.origin, "ada"), await joinParley(parley.origin, "brook")];
  brookPeer = await brook.connect();
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

const box = (page: Page, channel = "general") => page.getByRole("textbox", { name: `Message #${channel}` });
async function open(channel = "general"): Promise<Page> {
  const { page } = await openTab(device, `/${ada.slug}/${channel}`);
  await page.locator("textarea:focus").waitFor();
  return page;
}
async function say(body: string, channel = "general") {
  const { id: channelId } = await brook.channel(channel);
  const answer = await brookPeer.ask("message:send", { id: newId(), channelId, body });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.message;
}
const stored = (page: Page, text: string) => page.locator("[data-seq]", { hasText: text });

test("a person is completed while typing, without a mouse, and called", async () => {
  const page = await open();
  await box(page).pressSequentially("Good morning @br");
  const choice = page.getByRole("listbox", { name: "People" }).getByRole("option", { name: /brook/ });
  await choice.waitFor();
  await box(page).press("Tab");
  expect(await box(page).inputValue()).toBe("Good morning @brook ");
  await box(page).pressSequentially("shall we?");
  await box(page).press("Enter");
  await stored(page, "Good morning @brook shall we?").waitFor();
  const told = await brookPeer.hears("channel:changes", ({ messages }) =>
    messages.some(({ body }) => body === "Good morning @brook shall we?"),
  );
  expect(told.messages.at(-1)?.mentions).toEqual([brook.account.id]);
});

test("the one who is called sees it, is told how often, and no longer once it is read", async () => {
  const page = await open();
  await say("@ada, look at this", "random");
  await say("and @channel too", "random");
  const link = page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: /random/ });
  await link.filter({ hasText: "2 mentions" }).waitFor();
  await link.click();
  await stored(page, "look at this").locator("bdi", { hasText: "@ada" }).waitFor();
  await link.filter({ hasNotText: "mentions" }).waitFor();
  while ((await ada.channel("random")).mentionCount > 0) await page.waitForTimeout(50);
});

test("an e-mail address, code and a quote call nobody", async () => {
  await open();
  await say("write to me@ada.example, `@ada`, and");
  await say("> @ada said so");
  expect((await ada.channel("general")).mentionCount).toBe(0);
});

test("a channel is completed and becomes a link that leads there", async () => {
  const page = await open();
  await box(page).pressSequentially("see #ran");
  await page
    .getByRole("listbox", { name: "Channels" })
    .getByRole("option", { name: /random/ })
    .waitFor();
  await box(page).press("Enter");
  await box(page).press("Enter");
  await stored(page, "see #random").getByRole("link", { name: "#random" }).click();
  await box(page, "random").waitFor();
});

test("commands are completed, and an unknown one says so and keeps the text", async () => {
  const page = await open();
  await box(page).pressSequentially("/to");
  await page.getByRole("listbox", { name: "Commands" }).getByRole("option", { name: /topic/ }).waitFor();
  await box(page).press("Enter");
  await box(page).pressSequentially("boats and bread");
  await box(page).press("Enter");
  await page.locator("header").getByText("boats and bread").waitFor();
  await box(page).fill("/nonsense at all");
  await box(page).press("Enter");
  await page.getByText("There is no command /nonsense").waitFor();
  expect(await box(page).inputValue()).toBe("/nonsense at all");
  await box(page).fill("/me waves");
  await box(page).press("Enter");
  await stored(page, "ada").filter({ hasText: "waves" }).waitFor();
  await box(page).fill("//me is how one acts");
  await box(page).press("Enter");
  await stored(page, "/me is how one acts").waitFor();
});
