import type { Browser, BrowserContextOptions } from "playwright-core";
import { openChromium } from "@/bench/chromium";
import { makeDataFolder, seed, startProduct } from "@/bench/product";
import { atMost, median, toKnow, type Verdict } from "@/bench/verdict";

type LoggedIn = NonNullable<BrowserContextOptions["storageState"]>;

/** A browser that nobody has logged in with. */
const NOBODY: LoggedIn = { cookies: [], origins: [] };

const LOADS = 5;
const SLOW_DOWN = 4;
/** Next, React and socket.io-client with a page that says nothing. */
const BARE_STACK_KB = 148;
const PERSON = { username: "ada.first", password: "a long walk to the market" };

/** What a person waits for who opens a channel with an empty cache. */
export async function firstLoad(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  await seed(folder.path, { accounts: 50, channels: 8, messages: 20_000 });
  const product = await startProduct(folder.path);
  const browser = await openChromium();
  try {
    const { address, state } = await signUp(browser, product.said);
    const channel = await scriptSize(browser, address, state);
    const login = await scriptSize(browser, `${product.said}/login`, NOBODY);
    const signup = await scriptSize(browser, `${product.said}/signup`, NOBODY);
    const paints = [];
    for (let load = 0; load < LOADS; load += 1) {
      const moment = await firstMessagePaint(browser, address, state);
      process.stdout.write(`  first message painted after ${Math.round(moment)} ms\n`);
      paints.push(moment);
    }
    return [
      toKnow("JavaScript of the bare stack, gzipped", BARE_STACK_KB, "KB"),
      atMost("JavaScript of a channel page, gzipped", channel, 230, "KB"),
      toKnow("JavaScript of /login, gzipped", login, "KB"),
      toKnow("JavaScript of /signup, gzipped", signup, "KB"),
      atMost(`first message painted, on a ${SLOW_DOWN} times slower processor`, median(paints), 1_000, "ms"),
    ];
  } finally {
    await browser.close();
    await product.stop();
    await folder.remove();
  }
}

async function signUp(browser: Browser, origin: string): Promise<{ address: string; state: LoggedIn }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/signup`);
  await page.getByRole("textbox", { name: "Username" }).fill(PERSON.username);
  await page.getByLabel("Password", { exact: true }).fill(PERSON.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("article").last().waitFor();
  const signedUp = { address: page.url(), state: await context.storageState() };
  await context.close();
  return signedUp;
}

/** All script that the page loads until it is quiet, as it came over the wire, in KB (1,000 bytes). */
async function scriptSize(browser: Browser, address: string, state: LoggedIn): Promise<number> {
  const context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script")
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await context.close();
  return total / 1_000;
}

/** From navigation to the frame that shows the first message, in milliseconds. */
async function firstMessagePaint(browser: Browser, address: string, state: LoggedIn): Promise<number> {
  const context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
  await page.addInitScript({ path: "bench/time-first-message.js" });
  await page.goto(address);
  const painted = await page.waitForFunction(() => performance.getEntriesByName("message-painted")[0]?.startTime);
  const moment = Number(await painted.jsonValue());
  await context.close();
  return moment;
}
