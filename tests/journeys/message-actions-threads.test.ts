import type { Browser, Locator, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { openChannel } from "@/tests/journeys/timeline-visit";
import { openBrowser } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let page: Page;
let rootId: string;
let replyId: string;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

async function say(person: Person, body: string, more: object = {}): Promise<string> {
  const id = newId();
  const { id: channelId } = await ada.channel("general");
  await person.rest("POST", `/channels/${channelId}/messages`, { id, body, ...more });
  return id;
}

beforeEach(async () => {
  rootId = await say(ada, "which sail?");
  replyId = await say(brook, "the big on", { threadId: rootId });
  ({ page } = await openChannel(browser, parley.origin, brook, `general?thread=${rootId}`));
  await row(thread(), replyId).waitFor();
});

afterEach(() => page.context().close());

const channel = () => page.getByRole("log", { name: "Messages in #general" });
const thread = () => page.getByRole("log", { name: "Thread" });
const row = (list: Locator, id: string) => list.locator(`[data-message-id="${id}"]`);
const tools = (list: Locator) => list.getByRole("toolbar", { name: "Message actions" });

test("a message that stands in the channel and in its thread has its tools where the pointer is", async () => {
  await row(thread(), rootId).hover();
  await tools(thread()).waitFor();
  expect(await tools(channel()).count()).toBe(0);
  await row(thread(), rootId).getByRole("button", { name: "Add a reaction" }).click();
  await page.getByRole("searchbox", { name: "Search emoji" }).fill("sailboat");
  await page.getByRole("button", { name: "sailboat" }).click();
  for (const list of [thread(), channel()]) await row(list, rootId).getByRole("button", { name: "⛵ You" }).waitFor();
});

test("Up in the thread's composer edits one's last reply there", async () => {
  const composer = page.getByRole("textbox", { name: "Reply to thread" });
  await composer.press("ArrowUp");
  const editor = thread().getByRole("textbox", { name: "Edit the message" });
  await editor.waitFor();
  expect(await channel().getByRole("textbox").count()).toBe(0);
  await editor.fill("the big one");
  await editor.press("Enter");
  await row(thread(), replyId).getByText("the big one").waitFor();
  await row(thread(), replyId).getByText("(edited)").waitFor();
  expect(await composer.evaluate((element) => element === document.activeElement)).toBe(true);
});

test("a quote of a reply stands in the thread's composer, and leads to the reply", async () => {
  await row(thread(), replyId).hover();
  await row(thread(), replyId).getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Quote" }).click();
  const composer = page.getByRole("textbox", { name: "Reply to thread" });
  const address = `${parley.origin}/${brook.slug}/general?thread=${rootId}&m=${replyId}`;
  await page.waitForFunction(
    (sought) => [...document.querySelectorAll("textarea")].some(({ value }) => value.includes(sought)),
    address,
  );
  expect(await composer.inputValue()).toBe(`> the big on\n>\n> — [brook](${address})\n\n`);
});

test("tools move nothing, and a message has at most two tab stops", async () => {
  const peer = await ada.connect();
  await peer.ask("reaction:add", { messageId: replyId, emoji: "👍" });
  await peer.ask("reaction:add", { messageId: replyId, emoji: "🎉" });
  peer.close();
  await row(thread(), replyId).getByRole("button", { name: "🎉 ada" }).waitFor();
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("[data-message-id]")].map((each) => each.getBoundingClientRect().top),
    );
  const stops = () =>
    row(thread(), replyId).evaluate(
      (element) =>
        [element, ...element.querySelectorAll("button, a, [tabindex]")].filter(
          (each) => each instanceof HTMLElement && each.tabIndex >= 0,
        ).length,
    );
  const before = await places();
  expect(await stops()).toBeLessThanOrEqual(2);
  await row(thread(), replyId).hover();
  await tools(thread()).waitFor();
  expect(await places()).toEqual(before);
  await row(thread(), replyId).press("Enter");
  expect(
    await row(thread(), replyId)
      .getByRole("button", { name: "Add a reaction" })
      .first()
      .evaluate((element) => element === document.activeElement),
  ).toBe(true);
  expect(await stops()).toBeLessThanOrEqual(2);
  expect(await places()).toEqual(before);
});
