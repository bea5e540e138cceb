import { readFile, rm, writeFile } from "node:fs/promises";
import { must, say } from "./command.mjs";
import { fingerprint } from "./fingerprint.mjs";

const SOURCES = [
  "app",
  "lib",
  "public",
  "server.ts",
  "proxy.ts",
  "prisma/schema.prisma",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "bin/launch/build.mjs",
];
const STAMP = "build/fingerprint";

/** Builds the pages and the server for production if anything that goes into them changed since the last build. */
export async function build() {
  const wanted = await fingerprint(SOURCES);
  if ((await readFile(STAMP, "utf8").catch(() => "")) === wanted) return;
  say("Building for production (after each change of the sources; half a minute)");
  await rm(STAMP, { force: true });
  await must("Building the pages", process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    quiet: true,
    env: { NODE_ENV: "production" },
  });
  await bundleServer();
  await writeFile(STAMP, wanted);
}

/** One file for what Next does not build: server.ts and all of ours that it imports. Packages stay where they are. */
async function bundleServer() {
  const { build: bundle } = await import("esbuild");
  await bundle({
    entryPoints: ["server.ts"],
    outfile: "build/server.js",
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
}
