/**
 * Part of `npm run lint`: no package below the version that fixed its last known hole, and none of the features that
 * keep being attacked. Reads package-lock.json, so that a copy deep in the tree counts too.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The lowest version of each release line that is safe; a line that is not named is not allowed. */
const FLOORS = {
  next: ["16.4.5"],
  react: ["19.3.1"],
  "react-dom": ["19.3.1"],
  "socket.io": ["4.8.4"],
  "engine.io": ["6.6.12"],
  "socket.io-parser": ["4.2.7"],
  ws: ["8.23.0"],
  "next-auth": ["4.24.15"],
  prisma: ["7.9.0"],
  "@prisma/client": ["7.9.0"],
  "@prisma/adapter-pg": ["7.9.0"],
  sharp: ["0.35.5"],
  undici: ["8.12.2", "7.30.1", "6.29.1"],
  dompurify: ["3.4.16"],
  zod: ["4.6.7"],
  nodemailer: ["10.1.4"],
};

/** What is not used here, and where it would have stood. */
const FORBIDDEN = [
  ["use server", /["']use server["']/],
  ["use cache", /["']use cache/],
  ["next/og", /from ["']next\/og["']/],
  ["next/image", /from ["']next\/image["']/],
  ["$queryRawUnsafe", /\$queryRawUnsafe|\$executeRawUnsafe|Prisma\.raw\b/],
  ["dangerouslySetInnerHTML", /dangerouslySetInnerHTML/],
  ["connectionStateRecovery", /connectionStateRecovery/],
];
const SOURCES = ["app", "lib", "server.ts"];
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

const faults = [];
const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
for (const [path, { version, dev, resolved }] of Object.entries(lock.packages)) {
  // npm finds each by its name wherever it is installed; an address would tie everybody to the mirror of who wrote it.
  if (resolved?.includes("://")) faults.push(`package-lock.json: ${path} names the address ${resolved}`);
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const floors = FLOORS[name];
  if (floors === undefined || isSafe(version, floors)) continue;
  // A tool's own copy that is never served from is named, not refused.
  if (dev === true)
    process.stdout.write(`${path} is ${version}, below ${floors.join(" or ")}: a development tool's own\n`);
  else faults.push(`${path} is ${version}, below ${floors.join(" or ")}`);
}

const { dependencies, devDependencies } = JSON.parse(await readFile("package.json", "utf8"));
for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
  if (!EXACT.test(version)) faults.push(`package.json: ${name} is not pinned to one version (${version})`);
}

for (const file of (await Promise.all(SOURCES.map(filesOf))).flat()) {
  const text = await readFile(file, "utf8");
  for (const [what, pattern] of FORBIDDEN) if (pattern.test(text)) faults.push(`${file}: ${what} is not used here`);
}

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exit(faults.length === 0 ? 0 : 1);

/** At or above the floor of its own release line, or of a line above them all. */
function isSafe(version, floors) {
  const given = parts(version);
  const line = floors.map(parts).find((floor) => floor[0] === given[0]);
  if (line !== undefined) return compare(given, line) >= 0;
  return floors.map(parts).every((floor) => given[0] > floor[0]);
}

function parts(version) {
  return version.split("-")[0].split(".").map(Number);
}

function compare(a, b) {
  for (let at = 0; at < 3; at += 1) if (a[at] !== b[at]) return a[at] - b[at];
  return 0;
}

async function filesOf(path) {
  if (path.endsWith(".ts") || path.endsWith(".tsx")) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found = entries
    .filter((entry) => entry.name !== "generated")
    .map((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]));
  return (await Promise.all(found)).flat().filter((file) => /\.tsx?$/.test(file));
}
