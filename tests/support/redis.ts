import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { freePort } from "@/tests/support/free-port";
import { requireProgram } from "@/tests/support/programs";

/** A redis-server of the test's own, which keeps nothing on disk. */
export interface Redis {
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
    async command(...words) {
      const client = createClient({ socket: { host: "127.0.0.1", port } });
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

async function serve(folder: string, port: number): Promise<ChildProcess> {
  const memoryOnly = ["--save", "", "--appendonly", "no"];
  const place = ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder];
  const server = spawn(requireProgram("redis-server"), [...place, ...memoryOnly], {
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
