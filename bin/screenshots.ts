/** `npm run screenshots`: takes the pictures of docs/screenshots from the running product, talked in by its own REST calls. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import type { Browser, BrowserContextOptions } from "playwright-core";
import {
  ANSWERED,
  CHANNELS,
  PEOPLE,
  type Person,
  REACTIONS,
  REPLIES,
  SHOWN,
  TALK,
  VIEWER,
  WORKSPACE,
  WRITTEN,
} from "@/bin/screenshots/harbour-lane";
import { startEmbedded } from "@/lib/db/embedded/embedded";
import { newId } from "@/lib/shared/ids";
import { openBrowser, openPage, PHONE } from "@/tests/support/browser";
import { connect } from "@/tests/support/peer";
import { startParley } from "@/tests/support/server";
import { type Visitor, visit } from "@/tests/support/visitor";

const FOLDER = "docs/screenshots";
const PASSWORD = "a quiet harbour";
const DAY_MS = 24 * 60 * 60 * 1000;

type Screen = "channel" | "thread" | "direct";

/** Each screen, on a desktop and a phone, light and dark. */
const PICTURES = (["channel", "thread", "direct"] as const).flatMap((screen) =>
  [
    { suffix: "", look: {} },
    { suffix: "-phone", look: PHONE },
  ].flatMap(({ suffix, look }) =>
    (["light", "dark"] as const).map((colorScheme) => ({
      screen,
      name: `${screen}${suffix}${colorScheme === "dark" ? "-dark" : ""}`,
      look: { ...look, colorScheme },
    })),
  ),
);

async function call<T>(visitor: Visitor, method: string, path: string, body?: object): Promise<T> {
  const response = await visitor.fetch(`/api/v1${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  const answer: T = await response.json();
  return answer;
}

async function signUp(origin: string, username: string, displayName: string): Promise<Visitor> {
  const visitor = visit(origin);
  await call(visitor, "POST", "/accounts", { username, displayName, password: PASSWORD, workspaceName: WORKSPACE });
  const { error } = await visitor.post("callback/credentials", { username, password: PASSWORD });
  if (error !== null) throw new Error(`${username} could not log in: ${error}`);
  return visitor;
}

/** Signs everybody up and lets them say what they say. @returns the addresses of the screens */
async function settle(origin: string, database: pg.Pool): Promise<Record<Screen, string>> {
  const visitors = new Map<string, Visitor>();
  for (const [username, displayName] of Object.entries(PEOPLE)) {
    visitors.set(username, await signUp(origin, username, displayName));
  }
  const of = (person: Person): Visitor => {
    const visitor = visitors.get(person);
    if (visitor === undefined) throw new Error(`${person} has not signed up.`);
    return visitor;
  };

  const { workspaces } = await call<{ workspaces: { slug: string }[] }>(of(VIEWER), "GET", "/me");
  const slug = workspaces[0]?.slug ?? "";
  const shell = await call<{ channels: { id: string; name: string }[] }>(of(VIEWER), "GET", `/workspaces/${slug}`);
  const ids = new Map(shell.channels.map(({ id, name }) => [name, id]));
  for (const [name, topic] of Object.entries(CHANNELS)) {
    if (ids.has(name)) continue;
    const path = `/workspaces/${slug}/channels`;
    const { channel } = await call<{ channel: { id: string } }>(of(VIEWER), "POST", path, { name, topic });
    ids.set(name, channel.id);
    for (const visitor of visitors.values()) await call(visitor, "POST", `/channels/${channel.id}/members`, {});
  }

  let answered = "";
  for (const { by, in: channel, body, daysAgo, at } of TALK) {
    const id = newId();
    if (body.startsWith(ANSWERED)) answered = id;
    await call(of(by), "POST", `/channels/${ids.get(channel)}/messages`, { id, body });
    // The clock is the server's own, so that nobody can speak in the past: the past is made here.
    const day = new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
    await database.query("UPDATE messages SET created_at = $2 WHERE id = $1", [id, `${day}T${at}:00Z`]);
  }
  for (const { by, body } of REPLIES) {
    const reply = { id: newId(), body, threadId: answered };
    await call(of(by), "POST", `/channels/${ids.get(SHOWN)}/messages`, reply);
  }
  for (const { by, emoji } of REACTIONS) await react(origin, slug, of(by), answered, emoji);
  const { account } = await call<{ account: { id: string } }>(of("brook"), "GET", "/me");
  const path = `/workspaces/${slug}/direct`;
  const { channel } = await call<{ channel: { id: string } }>(of(VIEWER), "POST", path, { memberIds: [account.id] });
  for (const { by, body } of WRITTEN)
    await call(of(by), "POST", `/channels/${channel.id}/messages`, { id: newId(), body });
  const shown = `/${slug}/${encodeURIComponent(SHOWN)}`;
  return { channel: shown, thread: `${shown}?thread=${answered}`, direct: `/${slug}/${channel.id}` };
}

/** Reactions are given over a socket alone. */
async function react(origin: string, slug: string, visitor: Visitor, messageId: string, emoji: string): Promise<void> {
  const { secret } = await call<{ secret: string }>(visitor, "POST", "/tokens", { name: "pictures" });
  const peer = await connect(origin, slug, { token: secret });
  const answer = await peer.ask("reaction:add", { messageId, emoji });
  peer.close();
  if (!answer.ok) throw new Error(answer.error.message);
}

async function take(browser: Browser, origin: string, address: string, name: string, look: BrowserContextOptions) {
  const { page, faults } = await openPage(browser, origin, { locale: "en-GB", timezoneId: "UTC", ...look });
  // Leads over the log-in page, and so past no other channel: what stands there stays unread.
  await page.goto(address);
  await page.getByRole("textbox", { name: "Username or email" }).fill(VIEWER);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.locator("[data-seq]").last().waitFor();
  await page.waitForLoadState("networkidle");
  await page.evaluate("document.fonts.ready");
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.context().close();
  if (faults.length > 0) throw new Error(`The page complained: ${faults.join(" ")}`);
}

const dataDir = await mkdtemp(join(tmpdir(), "parley-screenshots-"));
const postgres = await startEmbedded({ dataDir, log: pino({ level: "warn" }) });
const parley = await startParley({ databaseUrl: postgres.url, env: { RATE_LIMITS: "off" } });
const database = new pg.Pool(postgres.config);
try {
  const addresses = await settle(parley.origin, database);
  const browser = await openBrowser();
  for (const { screen, name, look } of PICTURES) {
    await take(browser, parley.origin, addresses[screen], name, look);
    process.stdout.write(`${FOLDER}/${name}.png\n`);
  }
  await browser.close();
} finally {
  await database.end();
  await parley.stop();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
