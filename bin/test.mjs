/**
 * `npm test`: everything, on the built product, on a real Postgres, in a real browser. Arguments go to Jest.
 * `--tier2` runs the suites of that tier instead, which take long. The last line is `N passed, N failed`.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./launch/build.mjs";
import { findChromium } from "./launch/chromium.mjs";
import { main, run, say } from "./launch/command.mjs";
import { generateClient } from "./launch/generate.mjs";
import { install } from "./launch/install.mjs";
import { missingServers } from "./launch/servers.mjs";

/** The suites that drive a browser. */
const BROWSER_SUITES = "/tests/journeys/";
/** The suites that wait for minutes, or take a machine's strength: `npm run test:faults`. */
const SECOND_TIER = "\\.tier2\\.test\\.ts$";
const SECOND_TIER_FILES = "**/*.tier2.test.ts";
const SECOND_TIER_TIMEOUT_MS = 300_000;

await main(async () => {
  await install();
  await generateClient();
  await build();
  const chromium = await findChromium();
  const folder = await mkdtemp(join(tmpdir(), "parley-jest-"));
  const report = join(folder, "report.json");
  const secondTier = process.argv.includes("--tier2");
  const given = process.argv.slice(2).filter((argument) => argument !== "--tier2");
  // A suite that failed before it could stop its server must not keep the run from ending.
  const jest = ["node_modules/jest/bin/jest.js", "--forceExit", "--json", `--outputFile=${report}`, ...given];
  if (secondTier)
    jest.push(`--testMatch=${SECOND_TIER_FILES}`, `--testTimeout=${SECOND_TIER_TIMEOUT_MS}`, "--runInBand");
  else jest.push(`--testPathIgnorePatterns=${SECOND_TIER}`);
  if (chromium === null) jest.push(`--testPathIgnorePatterns=${BROWSER_SUITES}`);
  const code = await run(process.execPath, jest, { env: chromium === null ? {} : { CHROMIUM_PATH: chromium } });
  const result = await readFile(report, "utf8").then(JSON.parse, () => null);
  await rm(folder, { recursive: true, force: true });
  if (chromium === null) {
    say("SKIPPED for want of a browser: every suite in tests/journeys. Install Chromium, or set CHROMIUM_PATH.");
  }
  const missing = await missingServers();
  if (missing.length > 0)
    say(`SKIPPED for want of ${missing.join(" and ")}: every suite in tests/cluster. Install them.`);
  // A suite that does not even load has no test to count, and must not be taken for passed.
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 1);
  const skipped = (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  say(`${result?.numPassedTests ?? 0} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exitCode = code === 0 && failed === 0 ? 0 : 1;
});
