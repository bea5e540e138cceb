import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient } from "@redis/client";
import { freePort } from "@/tests/support/free-port";
import { requireProgram } from "@/tests/support/programs";

/** A redis-server of the test's own, which keeps nothing on disk. */
export interface Redis {
  /** For a node that reaches it by some port. */
  urlBy(port: number): string;
  port: number;
  /** Sends one command, as an operator would. */
  command(...words: string[]): Promise<unknown>;
  /** Stops it from running without ending its connections, until `resume`. */
  pause(): void;
  resume(): void;
  /** `kill -9`, and waits. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with nothing in it. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const OPERATOR = "operator";
const PASSWORD = "secret";

export async function startRedis(): Promise<Redis> {
  const folder = await mkdtemp(join(tmpdir(), "parley-redis-"));
  const port = await freePort();
  let server = await serve(folder, port);
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
  };
  return {
    port,
    urlBy: (other) => `redis://parley:${PASSWORD}@127.0.0.1:${other}`,
    async command(...words) {
      const client = createClient({ socket: { host: "127.0.0.1", port }, username: OPERATOR, password: PASSWORD });
      client.on("error", () => undefined);
      await client.connect();
      return await client.sendCommand(words).finally(() => client.destroy());
    },
    pause: () => void server.kill("SIGSTOP"),
    resume: () => void server.kill("SIGCONT"),
    kill,
    async start() {
      server = await serve(folder, port);
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As deploy/ ships it, with the account that compose.yaml gives the nodes, and one for the operator. */
async function serve(folder: string, port: number): Promise<ChildProcess> {
  const place = ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder];
  const operator = ["--user", OPERATOR, "on", `>${PASSWORD}`, "~*", "&*", "+@all"];
  const accounts = ["--user", "parley", ...(await rightsOfNodes()), ...operator];
  const server = spawn(requireProgram("redis-server"), [resolve("deploy/redis.conf"), ...place, ...accounts], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  await new Promise<void>((ready, failed) => {
    server.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("Ready to accept connections")) ready();
    });
    server.once("exit", () => failed(new Error(`redis-server ended before it was ready:\n${printed}`)));
  });
  return server;
}

/** The account of the nodes in compose.yaml, less what only Redis 7.2 and later knows. */
async function rightsOfNodes(): Promise<string[]> {
  const compose = await readFile("deploy/compose.yaml", "utf8");
  const rights = /--user parley ([\s\S]*?)\n {4}\w/.exec(compose)?.[1] ?? "";
  const words = rights
    .replace(/\$\{REDIS_PASSWORD:\?\}/, PASSWORD)
    .replaceAll('"', "")
    .split(/\s+/);
  return words.filter((right) => right !== "+client|setinfo");
}
