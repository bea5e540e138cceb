import { fanout } from "@/bench/fanout";
import { firstLoad } from "@/bench/first-load";
import { history } from "@/bench/history";
import { idle } from "@/bench/idle";
import { manyRooms } from "@/bench/many-rooms";
import { runProgram } from "@/bench/processes";
import { keepResult } from "@/bench/results";
import { start } from "@/bench/start";
import { storm } from "@/bench/storm";
import { twoNodes } from "@/bench/two-nodes";
import { type Verdict, written } from "@/bench/verdict";

const BENCHES: Record<string, () => Promise<Verdict[]>> = {
  fanout,
  "many-rooms": manyRooms,
  idle,
  history,
  storm,
  "two-nodes": twoNodes,
  "first-load": firstLoad,
  start,
};

function print(name: string, verdicts: Verdict[]): void {
  process.stdout.write(`\n${name}\n`);
  for (const verdict of verdicts) {
    const { measured, goal } = written(verdict);
    const mark = goal === "" ? "    " : verdict.passed ? "ok  " : "MISS";
    process.stdout.write(`  ${mark} ${verdict.what}: ${measured}${goal === "" ? "" : ` (${goal})`}\n`);
  }
}

async function run(names: string[]): Promise<void> {
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) throw new Error(`There is no ${unknown}: choose of ${Object.keys(BENCHES).join(", ")}.`);
  process.stdout.write("Building what is not built\n");
  await runProgram(process.execPath, ["bin/build.mjs"], {});
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stdout.write(`\nMeasuring ${name}\n`);
    const verdicts = await bench();
    print(name, verdicts);
    await keepResult(name, verdicts, Object.keys(BENCHES));
    if (verdicts.some(({ passed }) => !passed)) process.exitCode = 1;
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`The benchmark failed: ${String(error)}\n`);
  process.exitCode = 1;
});
