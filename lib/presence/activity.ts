/** Whoever has touched nothing for so long is away. */
const IDLE_AFTER_MS = 10 * 60_000;

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** The part of a page that tells whether somebody is before it. */
export interface ActivityPage {
  window: Pick<Window, "addEventListener" | "removeEventListener">;
  document: Pick<Document, "addEventListener" | "removeEventListener" | "visibilityState">;
}

/**
 * Watches whether anybody is active in a page: they touch it, or come back to it.
 * @param tell is called when it changes, from "active" on
 * @returns stops watching
 */
export function watchActivity(tell: (status: "active" | "away") => void, page: ActivityPage): () => void {
  let last = Date.now();
  let away = false;
  let timer: ReturnType<typeof setTimeout>;

  function look(): void {
    const left = last + IDLE_AFTER_MS - Date.now();
    if (left > 0) {
      timer = setTimeout(look, left);
      return;
    }
    away = true;
    tell("away");
  }

  // The pointer moves a thousand times for each time that the timer ends: it only notes when.
  function sign(): void {
    last = Date.now();
    if (!away) return;
    away = false;
    tell("active");
    look();
  }

  function seen(): void {
    if (page.document.visibilityState === "visible") sign();
  }

  look();
  for (const name of SIGNS) page.window.addEventListener(name, sign, { passive: true, capture: true });
  page.document.addEventListener("visibilitychange", seen);
  return () => {
    clearTimeout(timer);
    for (const name of SIGNS) page.window.removeEventListener(name, sign, { capture: true });
    page.document.removeEventListener("visibilitychange", seen);
  };
}
