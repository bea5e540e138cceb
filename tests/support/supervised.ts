import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { type Life, spawnParley } from "@/tests/support/server";

/** A Parley that can die and come back on the same port, data folder and database, as under a service manager. */
export interface Supervised {
  /** The same in all its lives. */
  origin: string;
  dataDir: string;
  /** Null with the embedded Postgres, which lies in the data folder. */
  database: TestDatabase | null;
  /** The process of this life. */
  pid(): number;
  /** Resolves when the process of this life ends, by itself or not. */
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** `kill -9`, and waits. */
  kill(): Promise<void>;
  /** SIGTERM, and waits. @returns the exit code */
  stop(): Promise<number | null>;
  /** Begins the next life, once the last one has ended. */
  start(change?: { env?: Record<string, string>; bundle?: string }): Promise<void>;
  /** What all lives have printed. */
  logs(): string;
  /** Resolves when this holds; looked at whenever this life prints something. */
  prints(holds: (logs: string) => boolean): Promise<void>;
  /** Ends it, and removes the database and the folder. */
  close(): Promise<void>;
}

interface Options {
  bundle?: string;
  env?: Record<string, string>;
  /** "embedded": the Postgres that Parley starts itself. Else a database of the test's own, or one that is given. */
  database?: "embedded" | TestDatabase;
}

/** Starts a Parley for its first life. */
export async function startSupervised({ bundle, env = {}, database: wish }: Options = {}): Promise<Supervised> {
  const own = wish === undefined ? await createDatabase() : null;
  const database = wish === "embedded" ? null : (own ?? wish ?? null);
  const dataDir = await mkdtemp(join(tmpdir(), "parley-test-"));
  const port = await freePort();
  const lives: Life[] = [];

  const begin = async (change: { env?: Record<string, string>; bundle?: string } = {}) => {
    const program = change.bundle ?? bundle;
    const life = await spawnParley({
      ...(program === undefined ? {} : { bundle: program }),
      env: { PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: database?.url ?? "", ...env, ...change.env },
    });
    lives.push(life);
  };
  const current = () => {
    const life = lives.at(-1);
    if (life === undefined) throw new Error("Parley has not been started.");
    return life;
  };
  const logs = () => lives.map((life) => life.logs()).join("");
  const end = async (signal: NodeJS.Signals) => {
    const { child, ended } = current();
    child.kill(signal);
    return (await ended).code;
  };

  await begin();
  return {
    origin: current().origin,
    dataDir,
    database,
    pid: () => current().pid,
    ended: () => current().ended,
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    start: begin,
    logs,
    prints: (holds) =>
      new Promise((resolve) => {
        const { child } = current();
        const look = () => {
          if (!holds(logs())) return;
          child.stdout?.off("data", look);
          resolve();
        };
        child.stdout?.on("data", look);
        look();
      }),
    async close() {
      current().child.kill("SIGCONT");
      await end("SIGTERM");
      await own?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Below 32768, where no outgoing connection takes it while Parley is dead. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((settle) => {
      server.once("error", () => settle(false)).listen(port, "127.0.0.1", () => server.close(() => settle(true)));
    });
    if (free) return port;
  }
}
