import type { Browser, Page } from "playwright-core";
import { deviceOf, openTab } from "@/tests/journeys/device-visit";
import { openBrowser } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

/** Whether people are there, and whether they are writing, as one sees it. */
let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let cleo: Person;

beforeAll(async () => {
  [parley, browser] = await Promise.all([startParley(), openBrowser()]);
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  cleo = await joinParley(parley.origin, "cleo");
});
afterAll(async () => {
  await browser.close();
  await parley.stop();
});

/** Somebody before the general channel; `faked` puts the page's clock into the test's hand. */
async function screenOf(person: Person, { faked = false } = {}): Promise<Page> {
  const context = await deviceOf(person, browser, parley.origin);
  if (faked) await context.clock.install();
  const { page } = await openTab(context, `/${person.slug}/general`);
  await box(page).waitFor();
  return page;
}

const box = (page: Page) => page.getByRole("textbox", { name: "Message #general" });
const line = (page: Page, text: string) => page.getByText(text, { exact: true });

describe("somebody in a list of people", () => {
  it("is online, away after ten minutes without a touch, and online again with the next", async () => {
    const brooks = await screenOf(brook, { faked: true });
    const adas = await screenOf(ada);
    const { body } = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/direct`, {
      memberIds: [brook.account.id],
    });
    expect(body.channel.id).not.toBe("");
    const inList = (status: string) =>
      adas.getByRole("navigation", { name: "Channels" }).getByRole("link", { name: new RegExp(`^${status} ?brook`) });
    await inList("Online").waitFor();
    await brooks.mouse.move(100, 100);
    await brooks.clock.fastForward("09:59");
    await brooks.clock.fastForward("00:01");
    await inList("Away").waitFor();
    await brooks.mouse.move(200, 200);
    await inList("Online").waitFor();
    await brooks.context().close();
    await inList("").waitFor();
    await adas.context().close();
  });
});

describe("somebody who writes", () => {
  it("is named under the composer of those who look, until the message comes, and nothing moves", async () => {
    const adas = await screenOf(ada);
    const brooks = await screenOf(brook);
    const cleos = await screenOf(cleo);
    const place = await box(adas).boundingBox();

    await box(brooks).pressSequentially("hello");
    await line(adas, "brook is typing").waitFor();
    await box(cleos).pressSequentially("me too");
    await line(adas, "brook and cleo are typing").waitFor();
    await line(brooks, "cleo is typing").waitFor();
    expect(await box(adas).boundingBox()).toEqual(place);

    await box(brooks).press("Enter");
    await line(adas, "cleo is typing").waitFor();
    await box(cleos).press("Enter");
    await line(adas, "cleo is typing").waitFor({ state: "detached" });
    // The next sign is not held back by those before the message.
    await box(brooks).pressSequentially("and");
    await line(adas, "brook is typing").waitFor();
    for (const page of [adas, brooks, cleos]) await page.context().close();
  });

  it("is forgotten where nothing more comes, and was never said to a screen reader", async () => {
    const adas = await screenOf(ada, { faked: true });
    const brooks = await screenOf(brook);
    await box(brooks).pressSequentially("hm");
    await line(adas, "brook is typing").waitFor();
    expect(await line(adas, "brook is typing").evaluate((element) => element.closest("[aria-live]"))).toBeNull();
    await adas.clock.fastForward("00:06");
    await line(adas, "brook is typing").waitFor({ state: "detached" });
    for (const page of [adas, brooks]) await page.context().close();
  });
});
