import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { newId } from "@/lib/shared/ids";
import { openBrowser, openPage } from "@/tests/support/browser";
import { createDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let dataDir: string;
let parley: ChildProcess;
let origin: string;
let browser: Browser;

/** Pages are compiled when they are first asked for. */
const COMPILING_MS = 120_000;
jest.setTimeout(3 * COMPILING_MS);

/** Parley as `npm run dev` runs it, but for the watcher that starts it anew. */
beforeAll(async () => {
  browser = await openBrowser();
  database = await createDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "parley-test-"));
  const { PATH, HOME, CHROMIUM_PATH } = process.env;
  const settings = { HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir, DATABASE_URL: database.url };
  parley = spawn(process.execPath, ["--import", "tsx", "server.ts"], {
    env: { PATH, HOME, CHROMIUM_PATH, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  origin = await new Promise((ready, failed) => {
    let printed = "";
    parley.stdout?.on("data", (chunk) => {
      printed += chunk;
      const address = /Parley is ready at (\S+)/.exec(printed)?.[1];
      if (address !== undefined) ready(address);
    });
    parley.once("exit", () => failed(new Error(printed)));
  });
});

afterAll(async () => {
  await browser.close();
  if (parley.exitCode === null) {
    parley.kill("SIGTERM");
    await once(parley, "exit");
  }
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

test("in development pages work, with Next's WebSocket and Socket.IO beside each other", async () => {
  const { page } = await openPage(browser, origin);
  page.setDefaultTimeout(COMPILING_MS);
  const hotReload = page.waitForEvent("websocket", (socket) => socket.url().includes("/_next/hmr"));
  await page.goto("/signup");
  await (await hotReload).waitForEvent("framereceived");
  await page.getByRole("textbox", { name: "Username" }).fill("ada");
  await page.getByRole("textbox", { name: "Password" }).fill("a quiet harbour");
  await page.getByRole("button", { name: "Create account" }).click();
  const box = page.getByRole("textbox", { name: "Message #general" });
  // The page takes the focus when its scripts have taken it over.
  await page.locator("textarea:focus").waitFor();
  await box.fill("by socket");
  await box.press("Enter");
  await page.locator("[data-seq]", { hasText: "by socket" }).waitFor();

  // A route's code is another copy of the modules; what it writes must reach the same sockets.
  const { request } = page.context();
  const shell = await (await request.get("/api/v1/workspaces/parley")).json();
  const { id } = shell.channels.find(({ name }: { name: string }) => name === "general");
  const data = { id: newId(), body: "by REST" };
  const answer = await request.post(`/api/v1/channels/${id}/messages`, { data, headers: { origin } });
  expect(answer.status()).toBe(201);
  await page.locator("[data-seq]", { hasText: "by REST" }).waitFor();
});
