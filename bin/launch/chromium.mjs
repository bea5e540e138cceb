import { access, constants } from "node:fs/promises";
import { run, say } from "./command.mjs";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium, installed from Debian's packages if this machine lets us; null where there is none to be had. */
export async function findChromium() {
  return (await installed()) ?? (await installFromDebian());
}

async function installed() {
  for (const place of PLACES) {
    if (!place) continue;
    const there = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return place;
  }
  return null;
}

async function installFromDebian() {
  const isRoot = process.getuid?.() === 0;
  const hasApt = await access("/usr/bin/apt-get", constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isRoot || !hasApt) return null;
  say("Installing Chromium for the browser tests (once)");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { quiet: true, env });
  await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { quiet: true, env });
  return await installed();
}
