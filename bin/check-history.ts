/**
 * `npm run check:history`: random clients talk while processes are killed, paused and cut off, and what they saw is
 * checked against every promise of the message log. Exit code 1 when one was broken.
 */
import { readFile, writeFile } from "node:fs/promises";
import { runProgram } from "@/bench/processes";
import { check } from "@/tests/convergence/check";
import { type Entry, parseHistory } from "@/tests/convergence/history";
import { readOptions, replayCommand } from "@/tests/convergence/run/options";
import { openProductClient } from "@/tests/convergence/run/product-client";
import { report } from "@/tests/convergence/run/report";
import { HONEST, recordHistory } from "@/tests/convergence/run/run";
import { sabotaged } from "@/tests/convergence/run/sabotaged";

const options = readOptions(process.argv.slice(2));
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function record(): Promise<Entry[]> {
  const { sabotage, ...wishes } = options;
  await runProgram(process.execPath, ["bin/build.mjs"], {});
  if (sabotage !== null) return recordHistory({ ...wishes, say, ...(await sabotaged(sabotage)) });
  return recordHistory({ ...wishes, say, openProductClient, ...HONEST });
}

const history = options.judge === null ? await record() : parseHistory(await readFile(options.judge, "utf8"));
if (options.keep !== null) await writeFile(options.keep, history.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
const verdict = check(history);
say(report(history, verdict, options.judge === null ? replayCommand(options) : `--judge ${options.judge}`));
process.exit(verdict.violations.length === 0 ? 0 : 1);
