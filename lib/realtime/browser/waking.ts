/** The server pings every 20 s and waits 15 s for the answer: whoever slept longer may hold a dead line. */
const ASLEEP_MS = 35_000;
const TICK_MS = 5_000;

/** What the device tells about the line. */
export interface LineNews {
  /** The network is gone. */
  cut(): void;
  /** The network is back, or the page slept so long that its line may be dead though nothing said so. */
  doubtful(): void;
  /** Somebody looks at the page again. */
  lookedAt(): void;
}

/** The part of a browser's window and document that is listened to. */
export interface Page {
  window: EventTarget;
  document: EventTarget & { readonly visibilityState: string };
}

/**
 * Listens for what a socket does not notice by itself, until the function it returns is called. Sleep shows as a tick
 * that comes much too late by the clock on the wall; ticks of a page in the background are late by the browser's
 * will, so they count only while somebody looks.
 */
export function watchLine({ cut, doubtful, lookedAt }: LineNews, page: Page): () => void {
  let awakeAt = Date.now();
  const slept = (): boolean => {
    const now = Date.now();
    const asleep = now - awakeAt > ASLEEP_MS;
    awakeAt = now;
    return asleep;
  };
  const tick = setInterval(() => {
    if (page.document.visibilityState === "visible" && slept()) doubtful();
  }, TICK_MS);
  const look = () => {
    const asleep = slept();
    if (page.document.visibilityState !== "visible") return;
    if (asleep) doubtful();
    else lookedAt();
  };
  const listened: [EventTarget, string, () => void][] = [
    [page.window, "offline", cut],
    [page.window, "online", doubtful],
    [page.document, "resume", doubtful],
    [page.document, "visibilitychange", look],
  ];
  for (const [target, event, listener] of listened) target.addEventListener(event, listener);
  return () => {
    clearInterval(tick);
    for (const [target, event, listener] of listened) target.removeEventListener(event, listener);
  };
}
