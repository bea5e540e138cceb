import { spawn } from "node:child_process";
import { ROOT } from "./root.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Nothing that a step runs may report home or look for a download. */
const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  // Any existing file will do: generating the client never runs the native engine, only looks for it.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
};

/**
 * Runs a program to its end in the project root, with its output shown. Signals go on to it meanwhile.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, quiet?: boolean }} [options] `quiet`: show the output only if it fails
 * @returns {Promise<number>} its exit code
 */
export function run(file, args, { env = {}, quiet = false } = {}) {
  const stdio = quiet ? ["ignore", "pipe", "pipe"] : "inherit";
  const child = spawn(file, args, { cwd: ROOT, stdio, env: { ...process.env, ...QUIET, ...env } });
  const printed = [];
  child.stdout?.on("data", (chunk) => printed.push(chunk));
  child.stderr?.on("data", (chunk) => printed.push(chunk));
  const relay = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, relay);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of SIGNALS) process.off(name, relay);
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(printed));
      resolve(signal === null ? (code ?? 1) : 1);
    });
  });
}

/** A step that did not work out; its own output says why. */
export class StepFailed extends Error {}

/** Like `run`, for a step that the rest depends on. @throws StepFailed */
export async function must(what, file, args, options) {
  const code = await run(file, args, options);
  if (code !== 0) throw new StepFailed(`${what} failed (exit code ${code}).`);
}

/** @param {string} step what the wait is for, in one line */
export function say(step) {
  process.stdout.write(`${step}\n`);
}

/** Runs a command line's work; what it throws becomes one line and exit code 1. */
export async function main(work) {
  process.chdir(ROOT);
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${error instanceof StepFailed ? error.message : (error?.stack ?? error)}\n`);
    process.exit(1);
  }
}
