import type { Browser, BrowserContextOptions, Page, WebSocketRoute } from "playwright-core";
import { v7 } from "uuid";
import { openPage } from "@/tests/support/browser";
import type { Peer, Person } from "@/tests/support/peer";

/** Says `count` things of every length, twenty at a time; each body begins with "#<its number>". */
export async function sayMany(peer: Peer, channelId: string, count: number, from = 1): Promise<void> {
  const kinds = [3, 40, 7, 120, 1, 15, 300, 2];
  for (let first = from; first < from + count; first += 20) {
    const numbers = Array.from({ length: Math.min(20, from + count - first) }, (_, index) => first + index);
    const answers = await Promise.all(
      numbers.map((number) =>
        peer.ask("message:send", {
          id: v7(),
          channelId,
          body: `#${number} ${"seven wizards ".repeat(kinds[number % kinds.length] ?? 1)}`,
        }),
      ),
    );
    const refused = answers.find(({ ok }) => !ok);
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
  }
}

/** Opens a channel in a browser where the person is logged in. */
export async function openChannel(
  browser: Browser,
  origin: string,
  person: Person,
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[] }> {
  const opened = await openPage(browser, origin, options);
  const cookies = [...person.visitor.cookies].map(([name, value]) => ({ name, value, url: origin }));
  await opened.page.context().addCookies(cookies);
  await opened.page.goto(`/${person.slug}/${path}`);
  return opened;
}

/** The wire between a page and Parley, in the test's hand. Call before the page is opened. */
export interface Cable {
  /** Cuts it, and refuses every new one until `mend`. */
  cut(): void;
  mend(): void;
  /** From now on `message:send` is answered with this refusal, and does not reach the server. */
  refuseSends(code: string | null): void;
}

export async function layCable(page: Page): Promise<Cable> {
  let whole = true;
  let refusal: string | null = null;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/socket\.io/, (route) => {
    if (!whole) {
      void route.close();
      return;
    }
    open.add(route);
    const server = route.connectToServer();
    route.onMessage((packet) => {
      const send = refusal === null ? null : /^42(\/[^,]+,)(\d+)\["message:send"/.exec(String(packet));
      if (send === null) server.send(packet);
      else {
        const error = { code: refusal, message: "You may not write here." };
        route.send(`43${send[1]}${send[2]}${JSON.stringify([{ ok: false, error }])}`);
      }
    });
  });
  return {
    cut: () => {
      whole = false;
      for (const route of open) void route.close();
      open.clear();
    },
    mend: () => {
      whole = true;
    },
    refuseSends: (code) => {
      refusal = code;
    },
  };
}
