import type { Browser, BrowserContext, Page } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { deviceOf, openTab } from "@/tests/journeys/device-visit";
import { openBrowser } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let device: BrowserContext;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  [ada, brook] = [await joinParley(parley.origin, "ada"), await joinParley(parley.origin, "brook")];
});
afterAll(async () => {
  await browser.close();
  await parley.stop();
});
beforeEach(async () => {
  device = await deviceOf(ada, browser, parley.origin);
});
afterEach(() => device.close());

async function open(path = `/${ada.slug}/general`): Promise<Page> {
  const { page } = await openTab(device, path);
  await page.locator("textarea:focus").waitFor();
  return page;
}
const nav = (page: Page) => page.getByRole("navigation", { name: "Channels" });
const directWith = async (person: Person, other: Person) =>
  (
    await person.rest<{ channel: { id: string } }>("POST", `/workspaces/${person.slug}/direct`, {
      memberIds: [other.account.id],
    })
  ).body.channel.id;

test("one finds a person by name, writes to them, and the conversation stands in the list", async () => {
  const page = await open();
  await nav(page).getByRole("button", { name: "New direct message" }).click();
  const dialog = page.getByRole("dialog", { name: "New direct message" });
  await dialog.getByRole("searchbox", { name: "Find by name" }).fill("bro");
  await dialog.getByRole("button", { name: /brook/ }).waitFor();
  await dialog.getByRole("searchbox", { name: "Find by name" }).press("Enter");
  await dialog.getByRole("status").filter({ hasText: "brook" }).waitFor();
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "brook" }).waitFor();
  const box = page.getByRole("textbox", { name: "Message brook" });
  await box.fill("Just between us");
  await box.press("Enter");
  await page.getByRole("log", { name: "Messages in brook" }).locator("[data-seq]", { hasText: "between us" }).waitFor();
  await nav(page).getByRole("link", { name: "brook" }).waitFor();
});

test("what somebody writes to one is counted in the list, and the tab's title says who", async () => {
  const page = await open();
  const id = await directWith(brook, ada);
  for (const body of ["hello", "are you there?"])
    await brook.rest("POST", `/channels/${id}/messages`, { id: newId(), body });
  const link = nav(page).getByRole("link", { name: /brook/ });
  await link.filter({ hasText: /\d/ }).click();
  await page.locator("[data-seq]", { hasText: "are you there?" }).waitFor();
  await page.waitForFunction(() => document.title.startsWith("brook · "));
  await link.filter({ hasNotText: /\d/ }).waitFor();
});

test("a channel is starred, muted and put into a section of one's own, and a conversation is hidden", async () => {
  const id = await directWith(ada, brook);
  const page = await open();
  const menu = (item: string) => async () => {
    await page.getByRole("button", { name: "Channel menu" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await menu("Add to favourites")();
  await nav(page).getByRole("heading", { name: "Favourites" }).waitFor();
  await menu("Take from favourites")();
  await nav(page).getByRole("heading", { name: "Favourites" }).waitFor({ state: "detached" });
  await menu("Move to a section")();
  await page.getByRole("combobox", { name: /Section/ }).fill("Boats");
  await page.keyboard.press("Enter");
  await nav(page).getByRole("heading", { name: "Boats" }).waitFor();
  await page.goto(`/${ada.slug}/${id}`);
  await nav(page).getByRole("link", { name: "brook" }).waitFor();
  await page.locator("textarea:focus").waitFor();
  await menu("Hide until something is said")();
  await nav(page).getByRole("link", { name: "general" }).click();
  await nav(page).getByRole("link", { name: "brook" }).waitFor({ state: "detached" });
  await brook.rest("POST", `/channels/${id}/messages`, { id: newId(), body: "here again" });
  await nav(page).getByRole("link", { name: /brook/ }).waitFor();
});

test("a private channel is made, people are added, and nobody else finds it", async () => {
  const page = await open();
  await nav(page).getByRole("button", { name: "Create a channel" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a channel" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("surprise");
  await dialog.getByRole("checkbox", { name: /Private/ }).check();
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { level: 1, name: "surprise" }).waitFor();
  expect((await brook.shell()).channels.map(({ name }) => name)).not.toContain("surprise");
  const peer = await brook.connect();
  await page.getByRole("button", { name: "Channel menu" }).click();
  await page.getByRole("menuitem", { name: "Add people" }).click();
  const people = page.getByRole("dialog", { name: "Add people to #surprise" });
  await people.getByRole("button", { name: /brook/ }).click();
  await people.getByRole("button", { name: "Add", exact: true }).click();
  await peer.hears("channel:joined", ({ channel }) => channel.name === "surprise");
  peer.close();
});

test("where only admins write, others are told so in place of the box", async () => {
  const { body } = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/channels`, {
    name: "news",
  });
  await brook.rest("POST", `/channels/${body.channel.id}/members`, {});
  await ada.rest("PATCH", `/channels/${body.channel.id}`, { posting: "admins" });
  const other = await deviceOf(brook, browser, parley.origin);
  const { page } = await openTab(other, `/${brook.slug}/news`);
  await page.getByText("Only owners and admins write to #news.").waitFor();
  await other.close();
});
