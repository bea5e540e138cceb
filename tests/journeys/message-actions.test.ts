import AxeBuilder from "@axe-core/playwright";
import type { Browser, Locator, Page } from "playwright-core";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { EarlierText, MessagePage, MessageView } from "@/lib/messages/message.events";
import { newId } from "@/lib/shared/ids";
import { openChannel } from "@/tests/journeys/timeline-visit";
import { openBrowser, PHONE } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let general: string;
let page: Page;
let faults: string[];

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  general = (await ada.channel("general")).id;
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

beforeEach(async () => {
  ({ page, faults } = await openChannel(browser, parley.origin, brook, "general"));
  await box().waitFor();
});

afterEach(async () => {
  await page.context().close();
  expect(faults).toEqual([]);
});

const box = () => page.getByRole("textbox", { name: "Message #general" });
const row = (id: string) => page.locator(`[data-message-id="${id}"]`);
const editor = () => page.getByRole("textbox", { name: "Edit the message" });
const hasFocus = (place: Locator) => place.evaluate((element) => element === document.activeElement);

async function say(person: Person, body: string, channelId = general): Promise<string> {
  const id = newId();
  await person.rest("POST", `/channels/${channelId}/messages`, { id, body });
  return id;
}

/** What the server holds of a message. */
async function stored(id: string): Promise<MessageView | undefined> {
  const { body } = await ada.rest<MessagePage>("GET", `/channels/${general}/messages?limit=50`);
  return body.messages.find((message) => message.id === id);
}

/** Asks the server again until it holds what is waited for. */
async function becomes(id: string, fits: (message: MessageView) => boolean): Promise<MessageView> {
  for (;;) {
    const message = await stored(id);
    if (message !== undefined && fits(message)) return message;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Chooses from the "more" menu of a message, by mouse. */
async function choose(id: string, name: string): Promise<void> {
  await row(id).hover();
  await row(id).getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name }).click();
}

describe("editing", () => {
  test("Up in an empty composer edits one's last message; Enter saves it in its place, and it says so", async () => {
    const id = await say(brook, "the ferry leaves at nin");
    await say(ada, "thanks");
    await row(id).waitFor();
    await box().press("ArrowUp");
    await editor().waitFor();
    expect(await editor().inputValue()).toBe("the ferry leaves at nin");
    await editor().press("e");
    await editor().press("Enter");
    await row(id).getByText("(edited)").waitFor();
    expect(await hasFocus(box())).toBe(true);
    expect((await becomes(id, ({ editedAt }) => editedAt !== null)).body).toBe("the ferry leaves at nine");
    expect(await row(id).locator("p").first().textContent()).toBe("the ferry leaves at nine(edited)");
  });

  test("Escape gives it up, and the row has the focus where it began there", async () => {
    const id = await say(brook, "as it was");
    await choose(id, "Edit");
    await editor().fill("otherwise");
    await editor().press("Escape");
    await editor().waitFor({ state: "detached" });
    expect(await hasFocus(row(id))).toBe(true);
    expect(await row(id).textContent()).toContain("as it was");
    expect((await stored(id))?.editedAt).toBeNull();
  });

  test("what was typed outlives a reload", async () => {
    const id = await say(brook, "first");
    await choose(id, "Edit");
    await editor().fill("half of anoth");
    await page.reload();
    await row(id).waitFor();
    await choose(id, "Edit");
    expect(await editor().inputValue()).toBe("half of anoth");
  });

  test("a refused edit is taken back with the reason, and its text is kept, over a reload too", async () => {
    const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "closing",
    });
    const closing = body.channel.id;
    await brook.rest("POST", `/channels/${closing}/members`, {});
    const id = await say(brook, "open until ten", closing);
    await page.goto(`/${brook.slug}/closing`);
    await choose(id, "Edit");
    await editor().fill("open until eleven");
    await ada.rest("PATCH", `/channels/${closing}`, { archived: true });
    await page.getByText("#closing is archived.").waitFor();
    await editor().press("Enter");
    await row(id).getByText("Your edit was not saved.").waitFor();
    await row(id).getByText("open until ten").waitFor();
    await page.reload();
    await row(id).getByText("Your edit was not saved.").waitFor();
    await ada.rest("PATCH", `/channels/${closing}`, { archived: false });
    await page.getByRole("textbox", { name: "Message #closing" }).waitFor();
    await row(id).getByRole("button", { name: "Edit again" }).click();
    expect(await editor().inputValue()).toBe("open until eleven");
    await editor().press("Enter");
    await row(id).getByText("(edited)").waitFor();
    await row(id).getByText("Your edit was not saved.").waitFor({ state: "detached" });
    expect(await row(id).textContent()).toContain("open until eleven");
  });

  test("the earlier texts are shown to its author", async () => {
    const id = await say(brook, "good mornign");
    await brook.rest("PATCH", `/channels/${general}/messages/${id}`, { body: "good morning" });
    await row(id).getByRole("button", { name: "(edited)" }).click();
    const dialog = page.getByRole("dialog", { name: "Earlier texts" });
    await dialog.getByText("good mornign").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const { body } = await brook.rest<{ edits: EarlierText[] }>("GET", `/channels/${general}/messages/${id}/edits`);
    expect(body.edits.map((edit) => edit.body)).toEqual(["good mornign"]);
  });
});

describe("deleting", () => {
  test("can be undone, and nobody else has seen anything", async () => {
    const id = await say(brook, "spoken too soon");
    await choose(id, "Delete");
    await row(id).getByText("Deleting this message…").waitFor();
    await row(id).getByRole("button", { name: "Undo" }).click();
    await row(id).getByText("Deleting this message…").waitFor({ state: "detached" });
    expect(await hasFocus(row(id))).toBe(true);
    expect(await stored(id)).toMatchObject({ body: "spoken too soon", deletedAt: null });
  });

  test("is told to the server when the page is left", async () => {
    const id = await say(brook, "gone when I go");
    await choose(id, "Delete");
    await row(id).getByText("Deleting this message…").waitFor();
    expect((await stored(id))?.deletedAt).toBeNull();
    // Nobody comes back to finish it.
    await page.goto("about:blank");
    await becomes(id, ({ deletedAt }) => deletedAt !== null);
  });

  test("is not forgotten by a page that dies without a word", async () => {
    const id = await say(brook, "gone all the same");
    await choose(id, "Delete");
    await row(id).getByText("Deleting this message…").waitFor();
    await page.context().setOffline(true);
    await page.goto("about:blank");
    await page.context().setOffline(false);
    expect((await stored(id))?.deletedAt).toBeNull();
    await page.goto(`/${brook.slug}/general`);
    await becomes(id, ({ deletedAt }) => deletedAt !== null);
  });

  test("is told when the time is over", async () => {
    const id = await say(brook, "ten seconds to live");
    await choose(id, "Delete");
    await row(id).getByRole("button", { name: "Undo" }).waitFor();
    await row(id).getByText("This message was deleted.").waitFor();
    expect((await becomes(id, ({ deletedAt }) => deletedAt !== null)).body).toBe("");
  });

  test("is offered for one's own alone, unless one looks after the workspace", async () => {
    const id = await say(ada, "not yours");
    await row(id).hover();
    await row(id).getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Quote" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "Delete" }).count()).toBe(0);
    expect(await page.getByRole("menuitem", { name: "Edit" }).count()).toBe(0);
  });
});

test("a message can be taken back for as long as one has chosen, and its text is in the composer again", async () => {
  await page.goto("/settings");
  await page.getByLabel("Undo sending").selectOption("30");
  await page.goto(`/${brook.slug}/general`);
  await box().fill("not quite yet");
  await box().press("Enter");
  const waiting = page.locator("[data-message-id]:not([data-seq])", { hasText: "not quite yet" });
  await waiting.getByRole("button", { name: "Undo" }).click();
  await waiting.waitFor({ state: "detached" });
  expect(await box().inputValue()).toBe("not quite yet");
  expect(await hasFocus(box())).toBe(true);
  // Whoever leaves means it: what waits is sent then.
  await box().press("Enter");
  await waiting.waitFor();
  await page.reload();
  await page.locator("[data-seq]", { hasText: "not quite yet" }).waitFor();
  await page.goto("/settings");
  await page.getByLabel("Undo sending").selectOption("0");
});

describe("reacting", () => {
  test("by keyboard alone: from the composer to the row, its tools, the search and the grid", async () => {
    const id = await say(ada, "shall we?");
    await row(id).waitFor();
    await page.keyboard.press("Shift+Tab");
    await page.waitForFunction((sought) => document.activeElement?.getAttribute("data-message-id") === sought, id);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    expect(await hasFocus(row(id).getByRole("button", { name: "Add a reaction" }))).toBe(true);
    await page.keyboard.press("Enter");
    const search = page.getByRole("searchbox", { name: "Search emoji" });
    await search.waitFor();
    await page.keyboard.type("party pop");
    await page.getByRole("grid", { name: "Found" }).getByRole("button", { name: "party popper" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const chip = row(id).getByRole("button", { name: "🎉 You" });
    await chip.waitFor();
    expect(await chip.getAttribute("aria-pressed")).toBe("true");
    await becomes(id, ({ reactions }) => reactions[0]?.accountIds.includes(brook.account.id) === true);
    await search.waitFor({ state: "detached" });
    await page.waitForFunction(
      (sought) => document.activeElement?.closest("[data-message-id]")?.getAttribute("data-message-id") === sought,
      id,
    );
    await page.keyboard.press("Escape");
    expect(await hasFocus(row(id))).toBe(true);
    await page.keyboard.press("Escape");
    expect(await hasFocus(box())).toBe(true);
  });

  test("a chip counts, names and toggles, and others see it live", async () => {
    const id = await say(ada, "who comes along?");
    const adaPeer = await ada.connect();
    await adaPeer.ask("reaction:add", { messageId: id, emoji: "⛵" });
    const chip = row(id).getByRole("button", { name: "⛵ ada" });
    await chip.click();
    await row(id).getByRole("button", { name: "⛵ You and ada" }).click();
    await chip.waitFor();
    expect(await chip.getAttribute("aria-pressed")).toBe("false");
    await becomes(id, ({ reactions }) => reactions[0]?.accountIds.length === 1);
    await adaPeer.ask("reaction:remove", { messageId: id, emoji: "⛵" });
    await chip.waitFor({ state: "detached" });
    adaPeer.close();
  });

  test("the picker looks through categories in the chosen skin tone, and writes into the composer too", async () => {
    await box().fill("well done  everybody");
    await box().evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(10, 10));
    await page.getByRole("button", { name: "Emoji", exact: true }).click();
    await page.getByRole("radio", { name: "Medium skin tone", exact: true }).check({ force: true });
    await page.getByRole("button", { name: "People", exact: true }).click();
    await page.getByRole("button", { name: "clapping hands" }).click();
    await page.waitForFunction(() => document.querySelector("textarea")?.value === "well done 👏🏽 everybody");
    await page.getByRole("searchbox", { name: "Search emoji" }).waitFor({ state: "detached" });
    expect(await hasFocus(box())).toBe(true);
    await box().fill("");
  });
});

test("the tools, the menu, the picker and a row in every state are sound to assistive technology", async () => {
  const id = await say(brook, "looked at closely");
  await brook.rest("PATCH", `/channels/${general}/messages/${id}`, { body: "looked at very closely" });
  await brook.rest("PUT", `/channels/${general}/messages/${id}/pin`);
  await row(id).getByText("Pinned by").waitFor();
  await row(id).hover();
  await row(id).getByRole("button", { name: "Add a reaction" }).click();
  await page.getByRole("button", { name: "Smileys" }).click();
  await page.getByRole("button", { name: "grinning face", exact: true }).waitFor();
  const faultsOf = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(" ")}`);
  };
  expect(await faultsOf()).toEqual([]);
  await page.getByRole("button", { name: "grinning face", exact: true }).click();
  await row(id).getByRole("button", { name: "😀 You" }).waitFor();
  await choose(id, "Delete");
  await row(id).getByRole("button", { name: "Undo" }).waitFor();
  expect(await faultsOf()).toEqual([]);
  await row(id).getByRole("button", { name: "Undo" }).click();
  await brook.rest("DELETE", `/channels/${general}/messages/${id}/pin`);
});

describe("keeping", () => {
  test("a pinned message is in the channel's list, from where one goes to it and unpins it", async () => {
    const id = await say(ada, "meeting point: the red buoy");
    await choose(id, "Pin to the channel");
    await row(id).getByText("Pinned by brook").waitFor({ state: "attached" });
    await becomes(id, ({ pinnedBy }) => pinnedBy === brook.account.id);
    await page.getByRole("button", { name: "Pinned messages" }).click();
    const dialog = page.getByRole("dialog", { name: "Pinned messages" });
    await dialog.getByText("the red buoy").waitFor();
    await dialog.getByRole("button", { name: "Unpin" }).click();
    await dialog.getByText("Nothing is pinned here yet.").waitFor();
    await ada.rest("PUT", `/channels/${general}/messages/${id}/pin`);
    await dialog.getByText("pinned by ada").waitFor();
    await dialog.getByRole("button", { name: "Go to message" }).click();
    await page.waitForURL(`**/general?m=${id}`);
    await row(id).waitFor();
    expect(await row(id).getAttribute("aria-current")).toBe("true");
  });

  test("a saved message is in one's list, and is taken out of it", async () => {
    const id = await say(ada, "read this in the evening");
    await choose(id, "Save for later");
    await page.getByText("Saved for later.").waitFor();
    await page.getByRole("button", { name: "Saved", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Saved for later" });
    await dialog.getByText("read this in the evening").waitFor();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await dialog.getByText("Nothing is saved yet.").waitFor();
  });

  test("marked unread from a message on, a channel stays unread until it is opened again", async () => {
    const first = await say(ada, "unread from here");
    await say(ada, "and this too");
    await row(first).waitFor();
    await page.waitForFunction(() => !document.title.startsWith("("));
    await choose(first, "Mark unread from here");
    await page.getByRole("separator", { name: "New messages" }).waitFor({ state: "attached" });
    await page.waitForFunction(() => document.title.startsWith("(2)"));
    await say(ada, "a third comes");
    await page.waitForFunction(() => document.title.startsWith("(3)"));
    const channels = page.getByRole("navigation", { name: "Channels" });
    await channels.getByRole("link", { name: /^random/ }).click();
    await channels.getByRole("link", { name: /^general/ }).click();
    await page.waitForFunction(() => !document.title.startsWith("("));
  });
});

describe("passing on", () => {
  test("a quote stands in the composer with the way back", async () => {
    const id = await say(ada, "two lines\nof it");
    await choose(id, "Quote");
    await page.waitForFunction(() => document.querySelector("textarea")?.value !== "");
    expect(await box().inputValue()).toBe(
      `> two lines\n> of it\n>\n> — [ada](${parley.origin}/${brook.slug}/general?m=${id})\n\n`,
    );
    expect(await hasFocus(box())).toBe(true);
    await box().fill("");
  });

  test("a forwarded message is said again where one chose, with what one adds", async () => {
    const id = await say(ada, "the tide table");
    await choose(id, "Forward");
    const dialog = page.getByRole("dialog", { name: "Forward the message" });
    await dialog.getByRole("radio", { name: "#random" }).check();
    await dialog.getByRole("textbox", { name: "Say something with it (optional)" }).fill("for the weekend");
    await dialog.getByRole("button", { name: "Forward" }).click();
    await page.getByText("Forwarded to #random.").waitFor();
    const random = (await brook.channel("random")).id;
    const peer = await ada.connect();
    await peer.ask("sync", { cursors: {} });
    for (;;) {
      const { body } = await ada.rest<MessagePage>("GET", `/channels/${random}/messages?limit=1`);
      const last = body.messages[0];
      if (last !== undefined) {
        expect(last.body).toContain("for the weekend\n\n> the tide table");
        expect(last.body).toContain(`/general?m=${id}`);
        break;
      }
      await peer.hears("channel:changes", ({ channelId }) => channelId === random);
    }
    peer.close();
  });
});

test("on a phone a long press opens everything that can be done, and a press on it does it", async () => {
  const id = await say(brook, "held for a while");
  const phone = await openChannel(browser, parley.origin, brook, "general", PHONE);
  const held = phone.page.locator(`[data-message-id="${id}"]`);
  await held.waitFor();
  const place = await held.locator("p").first().boundingBox();
  if (place === null) throw new Error("the row has no place");
  const touch = await phone.page.context().newCDPSession(phone.page);
  const points = [{ x: place.x + 10, y: place.y + 8 }];
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: points });
  const sheet = phone.page.getByRole("dialog", { name: "Message from brook" });
  await sheet.waitFor();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await sheet.getByRole("button", { name: "React with 👍" }).tap();
  await sheet.waitFor({ state: "detached" });
  await held.getByRole("button", { name: "👍 You" }).waitFor();
  expect(phone.faults).toEqual([]);
  await phone.page.context().close();
});
