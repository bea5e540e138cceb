import { access } from "node:fs/promises";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the system's Chromium without a window. CHROMIUM_PATH names another. @throws Error where there is none */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await firstPresent(PLACES));
  if (executablePath === undefined) throw new Error("There is no Chromium: install it, or name it in CHROMIUM_PATH.");
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

async function firstPresent(places: string[]): Promise<string | undefined> {
  for (const place of places) {
    const present = await access(place).then(
      () => true,
      () => false,
    );
    if (present) return place;
  }
  return undefined;
}
