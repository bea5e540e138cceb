/**
 * `npm run lock`: writes the packages of other platforms into package-lock.json.
 *
 * npm leaves out an optional package that it could not look up, and `npm ci` then refuses the lock. Which platform a
 * package is for stands in its name, and its version in the package that asks for it.
 */
import { readFile, writeFile } from "node:fs/promises";

const OS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "linuxmusl",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
  "windows",
];
const CPU = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
const { packages } = lock;
let added = 0;
for (const [path, asker] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(asker.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    const platform = platformOf(name);
    if (platform === null) continue;
    const entry = { version: range.replace(/^[~^]/, ""), ...platform, optional: true };
    if (asker.dev) entry.dev = true;
    packages[`node_modules/${name}`] = entry;
    added += 1;
  }
}
const [root, ...rest] = Object.entries(packages);
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => (a < b ? -1 : 1))]);
await writeFile("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} packages of other platforms locked\n`);

function isLocked(path, name) {
  return packages[`node_modules/${name}`] !== undefined || packages[`${path}/node_modules/${name}`] !== undefined;
}

/** What npm would have written of a platform's package, from its name; null where the name says nothing. */
function platformOf(name) {
  const words = name.toLowerCase().split(/[/-]/).slice(1);
  const os = words.find((word) => OS.includes(word));
  const cpu =
    words.find((word) => CPU.includes(word)) ??
    (words.includes("armv7") || words.includes("gnueabihf") ? "arm" : undefined);
  if (os === undefined && cpu === undefined) return null;
  const isMusl = os === "linuxmusl" || words.includes("musl");
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(isMusl && { libc: ["musl"] }),
    ...(os && { os: [{ linuxmusl: "linux", windows: "win32" }[os] ?? os] }),
  };
}
