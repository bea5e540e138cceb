import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@/tests/support/database";

/** The server as `npm run build` made it. Variants of it are made by server-variant.ts. */
const BUILT = "build/server.js";

/** A running Parley: the built product in a process of its own. */
export interface Parley {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  pid: number;
  /** SIGTERM, and waits. @returns the exit code */
  stop(): Promise<number | null>;
  /** `kill -9`, and waits. */
  kill(): Promise<void>;
  /** Everything that it has printed so far. */
  logs(): string;
}

interface Options {
  /** Without it, a database of its own that goes with it. */
  databaseUrl?: string;
  env?: Record<string, string>;
  /** Another bundle than the built one. */
  bundle?: string;
}

/** Starts the built product on a free port and waits until it is ready. @throws with its output if it ends before that */
export async function startParley({ databaseUrl, env = {}, bundle }: Options = {}): Promise<Parley> {
  const database = databaseUrl === undefined ? await createDatabase() : null;
  const dataDir = await mkdtemp(join(tmpdir(), "parley-test-"));
  const life = await spawnParley({
    ...(bundle === undefined ? {} : { bundle }),
    env: { PORT: "0", DATA_DIR: dataDir, DATABASE_URL: databaseUrl ?? database?.url ?? "", ...env },
  });
  const end = async (signal: NodeJS.Signals) => {
    life.child.kill(signal);
    await life.ended;
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return {
    origin: life.origin,
    pid: life.pid,
    logs: life.logs,
    stop: async () => {
      await end("SIGTERM");
      return life.child.exitCode;
    },
    kill: () => end("SIGKILL"),
  };
}

/** One process of the product, from its start to its end. */
export interface Life {
  child: ChildProcess;
  pid: number;
  origin: string;
  logs: () => string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts the product in the given environment and no other. @throws with its output if it ends before it is ready */
export async function spawnParley({
  bundle = BUILT,
  env,
}: {
  bundle?: string;
  env: Record<string, string>;
}): Promise<Life> {
  const child = spawn(process.execPath, [bundle], {
    env: { ...inherited(), NODE_ENV: "production", HOST: "127.0.0.1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  const port = await readyPort(child, () => output);
  return { child, pid: child.pid ?? 0, origin: `http://127.0.0.1:${port}`, logs: () => output, ended };
}

/** The environment without what would change Parley's settings. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, TMPDIR, NODE_ENV: "production" };
}

function readyPort(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((ready, failed) => {
    const look = () => {
      const port = /Parley is ready at http:\/\/[^\s]*:(\d+)/.exec(output())?.[1];
      if (port !== undefined) ready(port);
    };
    child.stdout?.on("data", look);
    child.once("exit", (code) => failed(new Error(`Parley ended with ${code} before it was ready:\n${output()}`)));
  });
}
