import type { Browser, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
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
  const { page, line } = await openTab(context, `/${person.slug}/general`);
  await box(page).waitFor();
  // From then on this page is told who writes.
  while (!line.asked.some(({ event }) => event === "channel:open"))
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
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
    // A conversation in which nothing was said is not listed.
    await ada.rest("POST", `/channels/${body.channel.id}/messages`, { id: newId(), body: "hello" });
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
    await inList("Offline").waitFor();
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

describe("who somebody is", () => {
  it("is said in the settings and found at their name, with a way to write to them", async () => {
    const adas = await screenOf(ada);
    const context = await deviceOf(brook, browser, parley.origin);
    const { page: settings } = await openTab(context, "/settings");
    await settings.getByRole("textbox", { name: "What you do" }).fill("Keeps the harbour light");
    await settings.getByRole("textbox", { name: "Pronouns" }).fill("they/them");
    await settings.getByRole("textbox", { name: "Time zone" }).fill("Nowhere/Atall");
    await settings.getByRole("button", { name: "Save", exact: true }).click();
    await settings.getByText("This must be a time zone").waitFor();
    await settings.getByRole("textbox", { name: "Time zone" }).fill("Europe/Lisbon");
    await settings.getByRole("button", { name: "Save", exact: true }).click();
    await settings.getByText("Saved", { exact: true }).waitFor();
    await settings.getByRole("textbox", { name: "Emoji" }).fill("⛵");
    await settings.getByRole("textbox", { name: "Status" }).fill("On the water");
    await settings.getByRole("combobox", { name: "Until" }).selectOption("In an hour");
    await settings.getByRole("button", { name: "Set status" }).click();
    await settings.getByText("Saved", { exact: true }).nth(1).waitFor();

    const { id } = await brook.channel("general");
    await brook.rest("POST", `/channels/${id}/messages`, { id: newId(), body: "back by dusk" });
    const row = adas.getByRole("article").filter({ hasText: "back by dusk" });
    await row.getByRole("button", { name: "brook", exact: true }).click();
    const card = adas.getByRole("dialog", { name: "brook" });
    await card.getByText("Keeps the harbour light").waitFor();
    await card.getByText("⛵ On the water").waitFor();
    await card.getByText("(Europe/Lisbon)").waitFor();
    await card.getByText("they/them").waitFor();
    await card.getByText("@brook").waitFor();

    await adas.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    await row.getByRole("button", { name: "brook", exact: true }).click();
    await card.getByRole("button", { name: "Message brook" }).click();
    await adas.getByRole("textbox", { name: "Message brook" }).waitFor();
    await card.waitFor({ state: "detached" });
    for (const page of [adas, settings]) await page.context().close();
  });
});
