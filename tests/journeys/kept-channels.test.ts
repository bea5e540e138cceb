import type { Browser, BrowserContext, Page } from "playwright-core";
import { v7 } from "uuid";
import { deviceOf, layLine, openTab, untilDevice } from "@/tests/journeys/device-visit";
import { openBrowser } from "@/tests/support/browser";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let database: TestDatabase;
let parley: Parley;
let browser: Browser;
let ada: Person;
let brook: Person;
let peer: Peer;
let device: BrowserContext;

/** The same secret each time, so that a session outlives the process. */
const AUTH_SECRET = "a secret of thirty-two characters and more";
const start = (port = "0") =>
  startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off", PORT: port, AUTH_SECRET } });

beforeAll(async () => {
  database = await createDatabase();
  parley = await start();
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  peer = await brook.connect();
});

beforeEach(async () => {
  device = await deviceOf(ada, browser, parley.origin);
});

afterEach(() => device.close());

afterAll(async () => {
  peer.close();
  await browser.close();
  await parley.stop();
  await database.drop();
});

const link = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name });
const log = (page: Page, name: string) => page.getByRole("log", { name: `Messages in #${name}` });
const row = (page: Page, text: string) => page.locator("[data-seq]", { hasText: text });
const general = (on = device) => openTab(on, `/${ada.slug}/general`);

async function say(channelId: string, body: string, by = peer): Promise<void> {
  const answer = await by.ask("message:send", { id: v7(), channelId, body });
  if (!answer.ok) throw new Error(answer.error.code);
}

/** A visit in which a channel was seen, and which is over when the device has kept it. */
async function visitOf(channelId: string, name: string, text: string, on = device): Promise<void> {
  const { page } = await general(on);
  await link(page, name).click();
  await row(page, text).waitFor();
  await untilDevice(page, ({ runs }) =>
    runs.some((run) => run.channelId === channelId && run.messages.some(({ body }) => body === text)),
  );
  await page.close();
}

test("a channel seen on an earlier visit shows at once, with names, and only what is newer is fetched", async () => {
  const { id } = await brook.channel("random");
  await say(id, "seen on the first visit");
  await visitOf(id, "random", "seen on the first visit");
  await say(id, "said since");

  const page = await device.newPage();
  const line = await layLine(page);
  // Neither the channel's history nor the workspace's people can be fetched.
  line.holdBack("history");
  await page.route("**/api/v1/workspaces/**", (route) => route.abort());
  await page.goto(`/${ada.slug}/general`);
  const { version } = await brook.channel("random");
  const asksFromEarlier = () =>
    line.asked.some(({ event, payload }) => event === "sync" && (payload.cursors?.[id] ?? version) < version);
  while (!asksFromEarlier()) await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  await link(page, "random").click();
  await row(page, "seen on the first visit").waitFor();
  await row(page, "said since").waitFor();
  await row(page, "seen on the first visit").getByText("brook").waitFor();
  expect(line.asked.filter(({ event }) => event === "history")).toEqual([]);
  await untilDevice(page, ({ runs }) =>
    runs.some((run) => run.channelId === id && run.messages.some(({ body }) => body === "said since")),
  );
});

test("a channel that one may not read any more is gone from the device with the next visit", async () => {
  const chidi = await joinParley(parley.origin, "chidi");
  const its = await deviceOf(chidi, browser, parley.origin);
  await ada.rest("POST", `/workspaces/${ada.slug}/channels`, { name: "quay", private: true });
  const { id } = await ada.channel("quay");
  await ada.rest("POST", `/channels/${id}/members`, { accountIds: [chidi.account.id] });
  const owner = await ada.connect();
  await say(id, "between the two of us", owner);
  owner.close();
  await visitOf(id, "quay", "between the two of us", its);
  expect((await ada.rest("DELETE", `/channels/${id}/members/${chidi.account.id}`)).status).toBeLessThan(300);

  const { page } = await general(its);
  const kept = await untilDevice(page, ({ runs }) => runs.every((run) => run.channelId !== id));
  expect(JSON.stringify(kept)).not.toContain("between the two of us");
  await its.close();
});

test("what one account read is not there for the next, and what it did not send stays its own", async () => {
  const { id } = await brook.channel("random");
  await say(id, "for ada's eyes");
  await visitOf(id, "random", "for ada's eyes");
  const { page, line } = await general();
  line.cut();
  await page.getByRole("textbox", { name: "Message #general" }).fill("ada's own words");
  await page.getByRole("textbox", { name: "Message #general" }).press("Enter");
  await untilDevice(page, ({ unsent }) => unsent.length === 1);
  await page.close();

  await device.clearCookies();
  await device.addCookies([...brook.visitor.cookies].map(([name, value]) => ({ name, value, url: parley.origin })));
  const next = await general();
  await log(next.page, "general").waitFor();
  const kept = await untilDevice(next.page, ({ runs }) =>
    runs.every((run) => run.messages.every(({ body }) => body !== "for ada's eyes")),
  );
  expect(kept.unsent).toHaveLength(1);
  expect(await next.page.locator("[data-message-id]", { hasText: "ada's own words" }).count()).toBe(0);
});

test("when a session ends, a tab that is open forgets what was read", async () => {
  const dana = await joinParley(parley.origin, "dana");
  const { id } = await brook.channel("random");
  await say(id, "before the session ends");
  const context = await deviceOf(dana, browser, parley.origin);
  const { page } = await openTab(context, `/${dana.slug}/random`);
  await row(page, "before the session ends").waitFor();
  await untilDevice(page, ({ runs, people }) => runs.length > 0 && people.length > 0);
  const { sessions } = (await dana.visitor.call("GET", "/sessions")).body;
  for (const session of sessions) await dana.rest("DELETE", `/sessions/${session.id}`);
  await page.waitForURL("**/login?**");
  const kept = await untilDevice(page, ({ runs, people }) => runs.length === 0 && people.length === 0);
  expect(kept.runs).toEqual([]);
  await context.close();
});

test("another life of the database ends what was kept of the one before, and not what is unsent", async () => {
  const { id } = await brook.channel("random");
  await say(id, "in the backup");
  await say(id, "lost by the restore");
  await visitOf(id, "random", "lost by the restore");
  const { page, line } = await general();
  await log(page, "general").waitFor();
  line.cut();
  await page.getByRole("textbox", { name: "Message #general" }).fill("written before the restore");
  await page.getByRole("textbox", { name: "Message #general" }).press("Enter");
  const before = await untilDevice(page, ({ unsent }) => unsent.length === 1);
  const lives = new Set(before.runs.map(({ epoch }) => epoch));
  expect(lives.size).toBe(1);

  const { port } = new URL(parley.origin);
  peer.close();
  await parley.stop();
  await database.pool.query("UPDATE life SET epoch = gen_random_uuid()");
  await database.pool.query("DELETE FROM messages WHERE body = 'lost by the restore'");
  await database.pool.query("UPDATE channels SET last_seq = last_seq - 1, version = version - 1 WHERE id = $1", [id]);
  await database.pool.query("UPDATE channel_members SET read_seq = 0 WHERE channel_id = $1", [id]);
  parley = await start(port);
  peer = await brook.connect();
  line.mend();

  await row(page, "written before the restore").waitFor();
  await link(page, "random").click();
  await row(page, "in the backup").waitFor();
  expect(await row(page, "lost by the restore").count()).toBe(0);
  const after = await untilDevice(
    page,
    ({ runs, unsent }) => unsent.length === 0 && runs.some(({ channelId }) => channelId === id),
  );
  expect(after.runs.some(({ epoch }) => lives.has(epoch))).toBe(false);
  expect(JSON.stringify(after.runs)).not.toContain("lost by the restore");
});
