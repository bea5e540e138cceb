import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";

export interface Running {
  pid: number;
  /** What the first printed line that matched said in its first group. */
  said: string;
  /** The latest of what it printed. */
  printed(): string;
  stop(): Promise<void>;
}

/** Starts a program and waits until it prints a line that matches. @throws Error with what it printed if it ends first */
export async function startProgram(
  command: [file: string, ...args: string[]],
  environment: Record<string, string>,
  ready: RegExp,
): Promise<Running> {
  const [file, ...args] = command;
  const child = spawn(file, args, {
    env: { ...process.env, NODE_ENV: "production", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const listen = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-20_000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const said = await firstMatch(child, ready, () => printed);
  if (child.pid === undefined) throw new Error(`${file} has no process.`);
  return {
    pid: child.pid,
    said,
    printed: () => printed,
    async stop() {
      const ended = child.exitCode !== null || once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function firstMatch(child: ChildProcess, ready: RegExp, printed: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = ready.exec(printed());
      if (match !== null) resolve(match[1] ?? match[0]);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}:\n${printed()}`)));
  });
}

/** Runs a program to its end. @throws Error with what it printed, when it fails */
export async function runProgram(file: string, args: string[], environment: Record<string, string>): Promise<string> {
  const child = spawn(file, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${printed}`);
  return printed;
}

export interface Worker<Order, Answer> {
  ask(order: Order): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts one of our own scripts as a process that answers each order. */
export function startWorker<Order extends object, Answer>(script: string): Worker<Order, Answer> {
  const child = fork(script, [], { execArgv: ["--import", "tsx"], env: { ...process.env, NODE_ENV: "production" } });
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        const died = (code: number | null) => reject(new Error(`${script} ended with ${code}.`));
        child.once("exit", died);
        child.once("message", (answer: Answer) => {
          child.off("exit", died);
          resolve(answer);
        });
        child.send(order);
      }),
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
