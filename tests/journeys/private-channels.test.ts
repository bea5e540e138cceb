import type { Browser, Page } from "playwright-core";
import { barriersOf, browserOf, choose, heading, say, section } from "@/tests/journeys/channels-visit";
import { openBrowser } from "@/tests/support/browser";
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

test("a private channel is made, and nobody else finds it", async () => {
  await ada.getByRole("button", { name: "Create a channel" }).click();
  await ada.getByRole("textbox", { name: "Name" }).fill("surprise");
  await ada.getByRole("checkbox", { name: /^Private/ }).check();
  await ada.getByRole("button", { name: "Create", exact: true }).click();
  await heading(ada, "surprise").waitFor();
  await say(ada, "#surprise", "the cake is ordered");

  await brook.getByRole("button", { name: "Browse channels" }).click();
  await brook.getByRole("searchbox", { name: "Find by name or topic" }).fill("surprise");
  await brook.getByText("No channel is called that.").waitFor();
  await brook.keyboard.press("Escape");
  expect((await brook.context().request.get(ada.url())).status()).toBe(404);
});

test("whoever is added sees it at once, with all that was said", async () => {
  await choose(ada, "Add people");
  await ada.getByRole("dialog").getByRole("button", { name: /brook/ }).click();
  expect(await barriersOf(ada)).toEqual([]);
  await ada.getByRole("button", { name: "Add", exact: true }).click();
  await section(brook, "Channels").getByRole("link", { name: "surprise" }).click();
  await brook.locator("[data-seq]", { hasText: "the cake is ordered" }).waitFor();
});

test("its members are listed, and an owner takes somebody out", async () => {
  await ada.getByRole("button", { name: "2 members, show members" }).click();
  await ada.getByRole("dialog", { name: "Members of #surprise" }).getByText("@brook").waitFor();
  expect(await barriersOf(ada)).toEqual([]);
  await ada.getByRole("button", { name: "Remove brook" }).click();
  await ada.getByText("@brook").waitFor({ state: "detached" });
  await section(brook, "Channels").getByRole("link", { name: "surprise" }).waitFor({ state: "detached" });
  await heading(brook, "This channel is not here").waitFor();
  await ada.keyboard.press("Escape");
});

test("the last one to leave is told that nobody can come back", async () => {
  await choose(ada, "Leave");
  await ada.getByText("You are the last one in it.").waitFor();
  await ada.getByRole("button", { name: "Leave" }).click();
  await section(ada, "Channels").getByRole("link", { name: "surprise" }).waitFor({ state: "detached" });
});

test("the channel that everybody is in offers no archive", async () => {
  await section(ada, "Channels").getByRole("link", { name: "general" }).click();
  await ada.getByRole("button", { name: "Channel menu" }).click();
  await ada.getByRole("menuitem", { name: "Rename" }).waitFor();
  expect(await ada.getByRole("menuitem", { name: "Archive" }).count()).toBe(0);
  await ada.keyboard.press("Escape");
});

test("where only admins write, a member reads so in place of the box", async () => {
  await section(brook, "Channels").getByRole("link", { name: "general" }).click();
  await brook.getByRole("textbox", { name: "Message #general" }).waitFor();
  await choose(ada, "Let only admins write");
  await brook.getByText("Only owners and admins write to #general.").waitFor();
  await say(ada, "#general", "announcement");
  await choose(ada, "Let everybody write");
  await brook.getByRole("textbox", { name: "Message #general" }).waitFor();
});

test("no page threw, drew differently than the server, or broke the content security policy", async () => {
  await ada.close();
  await brook.close();
  expect(faults).toEqual([]);
});
