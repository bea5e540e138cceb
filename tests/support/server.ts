import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@/tests/support/database";

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
}

/** Starts the built product on a free port and waits until it is ready. @throws with its output if it ends before that */
export async function startParley({ databaseUrl, env = {} }: Options = {}): Promise<Parley> {
  const database = databaseUrl === undefined ? await createDatabase() : null;
  const dataDir = await mkdtemp(join(tmpdir(), "parley-test-"));
  const child = spawn(process.execPath, ["build/server.js"], {
    env: {
      ...inherited(),
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? database?.url ?? "",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = once(child, "exit");

  const port = await readyPort(child, () => output);
  const clean = async () => {
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
    await clean();
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    logs: () => output,
    stop: async () => {
      await end("SIGTERM");
      return child.exitCode;
    },
    kill: () => end("SIGKILL"),
  };
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
