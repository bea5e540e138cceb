import type { Browser, Page } from "playwright-core";
import { barriersOf, browserOf, choose, heading, say, section } from "@/tests/journeys/channels-visit";
import { openBrowser, PHONE } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let adaIs: Person;
let brookIs: Person;
let ada: Page;
let brook: Page;
const faults: string[] = [];

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  adaIs = await joinParley(parley.origin, "ada");
  brookIs = await joinParley(parley.origin, "brook");
  ada = await browserOf(browser, parley.origin, adaIs, faults);
  brook = await browserOf(browser, parley.origin, brookIs, faults);
});
afterAll(async () => {
  await browser.close();
  await parley.stop();
});

test("a favourite stands first, on every device of the person, and nobody else's", async () => {
  const other = await browserOf(browser, parley.origin, adaIs, faults);
  await choose(ada, "Add to favourites");
  await section(ada, "Favourites").getByRole("link", { name: "general" }).waitFor();
  await section(other, "Favourites").getByRole("link", { name: "general" }).waitFor();
  expect(await section(brook, "Favourites").count()).toBe(0);
  await choose(ada, "Take from favourites");
  await section(other, "Favourites").waitFor({ state: "detached" });
  await other.close();
});

test("a section is made, renamed and deleted, and its channels stay", async () => {
  await choose(ada, "Move to a section");
  await ada.getByRole("combobox", { name: /^Section/ }).fill("Every day");
  expect(await barriersOf(ada)).toEqual([]);
  await ada.getByRole("button", { name: "Move", exact: true }).click();
  await section(ada, "Every day").getByRole("link", { name: "general" }).waitFor();
  await ada.getByRole("button", { name: "Section Every day" }).click();
  await ada.getByRole("menuitem", { name: "Rename" }).click();
  await ada.getByRole("combobox", { name: /^Section/ }).fill("Daily");
  await ada.keyboard.press("Enter");
  await section(ada, "Daily").getByRole("link", { name: "general" }).waitFor();
  await ada.getByRole("button", { name: "Section Daily" }).click();
  await ada.getByRole("menuitem", { name: "Delete the section" }).click();
  await section(ada, "Channels").getByRole("link", { name: "general" }).waitFor();
});

test("a muted channel counts nothing but what calls one", async () => {
  await section(brook, "Channels").getByRole("link", { name: "random" }).click();
  await heading(brook, "random").waitFor();
  await choose(brook, "Mute");
  await section(brook, "Channels").getByRole("link", { name: "general" }).click();
  await section(ada, "Channels").getByRole("link", { name: "random" }).click();
  await say(ada, "#random", "rain again");
  await say(ada, "#random", "@brook do you have the tide table?");
  await section(brook, "Channels")
    .getByRole("link", { name: /^random\s*muted\s*1 mentions$/ })
    .waitFor();
});

test("a folded section stays folded over a reload, with what is open in view", async () => {
  const fold = section(ada, "Channels").getByRole("button", { name: "Channels", exact: true });
  await fold.focus();
  await ada.keyboard.press("Enter");
  await section(ada, "Channels").getByRole("link", { name: "general" }).waitFor({ state: "detached" });
  await section(ada, "Channels").getByRole("link", { name: "random" }).waitFor();
  await ada.reload();
  await section(ada, "Channels").getByRole("link", { name: "random" }).waitFor();
  expect(await section(ada, "Channels").getByRole("link").count()).toBe(1);
  await fold.click();
  await section(ada, "Channels").getByRole("link", { name: "general" }).waitFor();
});

test("channels are sorted, joined and left in the browser of channels, the focus staying in place", async () => {
  for (const name of ["harbour", "\u05e0\u05de\u05dc \u05d4\u05d3\u05d9\u05d2", "x".repeat(80)])
    await adaIs.rest("POST", `/workspaces/${adaIs.slug}/channels`, { name });
  const phone = await browserOf(browser, parley.origin, brookIs, faults, PHONE);
  await phone.getByRole("button", { name: "All channels" }).click();
  await phone.getByRole("button", { name: "Browse channels" }).click();
  await phone.getByRole("button", { name: "Join harbour" }).press("Enter");
  await phone.getByRole("button", { name: "Leave harbour" }).waitFor();
  await phone.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Leave harbour");
  await phone.getByRole("combobox", { name: "Sort by" }).selectOption("Newest");
  const names = await phone.getByRole("dialog").getByRole("listitem").allInnerTexts();
  expect(names[0]).toMatch(/^xxx/);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await barriersOf(phone)).toEqual([]);
  await phone.close();
});

test("no page threw, drew differently than the server, or broke the content security policy", async () => {
  await ada.close();
  await brook.close();
  expect(faults).toEqual([]);
});
