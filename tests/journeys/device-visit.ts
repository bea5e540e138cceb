import type { Browser, BrowserContext, BrowserContextOptions, Page, WebSocketRoute } from "playwright-core";
import type { ClientToServer } from "@/lib/events";
import { openPage } from "@/tests/support/browser";
import type { Person } from "@/tests/support/peer";

type Request = keyof ClientToServer;

interface Asked {
  event: Request;
  payload: { id?: string; body?: string; cursors?: Record<string, number> };
}

/** What one tab says to Parley, in the test's hand: over every connection that it makes, and over reloads. */
export interface Line {
  /** Every request that was made, whether it was let through or not. */
  asked: Asked[];
  /** Cuts the connection, and refuses every new one until `mend`. */
  cut(): void;
  mend(): void;
  /** From now on nothing passes, either way, over what is connected now, and neither side is told. */
  deaden(): void;
  /** From now on requests of this kind reach the server, and their answers do not come back; null ends it. */
  swallowAnswers(event: Request | null): void;
  /** From now on requests of this kind do not reach the server; null ends it. */
  holdBack(event: Request | null): void;
}

/** Call before the tab goes anywhere. */
export async function layLine(page: Page): Promise<Line> {
  const asked: Asked[] = [];
  const open = new Set<WebSocketRoute>();
  const deaths = new Set<() => void>();
  let whole = true;
  let swallowed: Request | null = null;
  let held: Request | null = null;
  await page.routeWebSocket(/socket\.io/, (route) => {
    if (!whole) return void route.close();
    open.add(route);
    let dead = false;
    deaths.add(() => {
      dead = true;
    });
    const server = route.connectToServer();
    const unanswered = new Set<string>();
    route.onMessage((packet) => {
      if (dead) return;
      const request = /^42\/[^,]+,(\d+)(\[.*)$/s.exec(String(packet));
      if (request?.[1] === undefined || request[2] === undefined) return server.send(packet);
      const [event, payload]: [Request, Asked["payload"]] = JSON.parse(request[2]);
      asked.push({ event, payload });
      if (event === swallowed) unanswered.add(request[1]);
      if (event !== held) server.send(packet);
    });
    server.onMessage((packet) => {
      if (dead) return;
      const answer = /^43\/[^,]+,(\d+)\[/.exec(String(packet));
      if (answer?.[1] === undefined || !unanswered.has(answer[1])) route.send(packet);
    });
  });
  return {
    asked,
    cut() {
      whole = false;
      for (const route of open) void route.close();
      open.clear();
    },
    mend() {
      whole = true;
    },
    deaden() {
      for (const die of deaths) die();
    },
    swallowAnswers(event) {
      swallowed = event;
    },
    holdBack(event) {
      held = event;
    },
  };
}

/** One more tab of a browser, with its line. */
export async function openTab(context: BrowserContext, path: string): Promise<{ page: Page; line: Line }> {
  const page = await context.newPage();
  const line = await layLine(page);
  await page.goto(path);
  return { page, line };
}

/** Somebody's browser, logged in, with no tab open but an empty one. */
export async function deviceOf(
  person: Person,
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const { page } = await openPage(browser, origin, options);
  const context = page.context();
  await context.addCookies([...person.visitor.cookies].map(([name, value]) => ({ name, value, url: origin })));
  return context;
}

interface OnDevice {
  journal: string[];
  unsent: { id: string }[];
  runs: { channelId: string; epoch: string; cursor: number; messages: { seq: number; body: string }[] }[];
  people: unknown[];
}

/** What a page's browser keeps for Parley. */
export function lookAtDevice(page: Page): Promise<OnDevice> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const journal = Object.keys(localStorage).filter((name) => name.startsWith("parley.outbox."));
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === "parley")) return { journal, unsent: [], runs: [], people: [] };
    const database = await settled(indexedDB.open("parley"));
    const all = (name: string) => settled(database.transaction(name).objectStore(name).getAll());
    const [unsent = [], runs = [], people = []] = await Promise.all(["unsent", "runs", "people"].map(all));
    database.close();
    return { journal, unsent, runs, people };
  });
}

/** Waits until what the browser keeps is as it should be. */
export async function untilDevice(page: Page, fits: (kept: OnDevice) => boolean): Promise<OnDevice> {
  for (;;) {
    const kept = await lookAtDevice(page);
    if (fits(kept)) return kept;
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  }
}
