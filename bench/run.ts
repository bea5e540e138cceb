import { fanOut } from "@/bench/fan-out";
import { firstLoad } from "@/bench/first-load";
import { history } from "@/bench/history";
import { idle } from "@/bench/idle";
import { runProgram } from "@/bench/processes";
import type { Verdict } from "@/bench/verdict";

const BENCHES: Record<string, () => Promise<Verdict[]>> = {
  "fan-out": fanOut,
  history,
  "first-load": firstLoad,
  idle,
};

function print(name: string, verdicts: Verdict[]): void {
  process.stdout.write(`\n${name}\n`);
  for (const { what, measured, bar, passed } of verdicts) {
    const mark = bar === "" ? "    " : passed ? "ok  " : "MISS";
    process.stdout.write(`  ${mark} ${what}: ${measured}${bar === "" ? "" : ` (${bar})`}\n`);
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
    if (verdicts.some(({ passed }) => !passed)) process.exitCode = 1;
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`The benchmark failed: ${String(error)}\n`);
  process.exitCode = 1;
});
