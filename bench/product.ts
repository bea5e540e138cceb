import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Running, runProgram, startProgram } from "@/bench/processes";

/** A data folder of its own for one benchmark, on the disk where nothing else is said. */
export async function makeDataFolder(within = tmpdir()): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(within, "parley-bench-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Fills the data folder by the real seed. @returns the tokens of the accounts it made */
export async function seed(dataDir: string, size: { accounts: number; channels: number; messages: number }) {
  const tokens = join(dataDir, "tokens");
  const sizes = Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const printed = await runProgram(process.execPath, ["--import", "tsx", "bin/seed.ts", ...sizes, "--tokens", tokens], {
    DATA_DIR: dataDir,
    LOG_LEVEL: "warn",
  });
  process.stdout.write(`${printed.trim().split("\n").at(-1)}\n`);
  const lines = (await readFile(tokens, "utf8")).trim().split("\n");
  return lines.map((line): string => JSON.parse(line).token);
}

/** What package.json starts Node with. */
export const START_FLAGS = ["--max-semi-space-size=64"];

/**
 * Starts the production build on the data folder, as `npm start` does. `said` is its address.
 * @param flags for Node itself
 */
export function startProduct(
  dataDir: string,
  environment: Record<string, string> = {},
  flags: string[] = [],
): Promise<Running> {
  return startProgram(
    [process.execPath, ...START_FLAGS, ...flags, "build/server.js"],
    { DATA_DIR: dataDir, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "warn", ...environment },
    /Parley is ready at (http:\S+)/,
  );
}

/** Starts the peer. `said` is its address. */
export function startPeer(flags: string[] = []): Promise<Running> {
  return startProgram(
    [process.execPath, ...flags, "--import", "tsx", "bench/peers/bare-server.ts"],
    {},
    /at (http:\S+)/,
  );
}

/** Asks the REST interface. @throws Error for an answer that is no success */
export async function askRest<T>(origin: string, path: string, token: string): Promise<T> {
  const response = await fetch(`${origin}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  const answer: T = await response.json();
  return answer;
}

/** The workspace and the channel that the seed talks most in. */
export async function findGeneral(origin: string, token: string): Promise<{ slug: string; channelId: string }> {
  const { workspaces } = await askRest<{ workspaces: { slug: string }[] }>(origin, "/me", token);
  const slug = workspaces[0]?.slug ?? "";
  const { channels } = await askRest<{ channels: { id: string; name: string }[] }>(
    origin,
    `/workspaces/${slug}`,
    token,
  );
  const general = channels.find(({ name }) => name === "general");
  if (general === undefined) throw new Error("The seed made no #general.");
  return { slug, channelId: general.id };
}
