import { readFile } from "node:fs/promises";
import { must, say } from "./command.mjs";

/** Installs the dependencies unless exactly those of package-lock.json are there. */
export async function install() {
  if (await isInstalled()) return;
  say("Installing the dependencies (once; a minute or two)");
  // A shell because npm is a script with another name on Windows.
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await must("Installing the dependencies", npm, ["ci", "--include=dev", "--no-audit", "--no-fund"], { quiet: true });
}

async function isInstalled() {
  const [wanted, present] = await Promise.all([
    packagesOf("package-lock.json"),
    packagesOf("node_modules/.package-lock.json"),
  ]);
  if (present === null) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === "") return true;
    // What is made for other platforms is left out by npm.
    if (present[path] === undefined) return optional === true || devOptional === true;
    return present[path].version === version;
  });
}

async function packagesOf(lockFile) {
  const text = await readFile(lockFile, "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text).packages;
}
