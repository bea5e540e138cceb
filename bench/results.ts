import { readFile, writeFile } from "node:fs/promises";
import { cpus, release, totalmem, type } from "node:os";
import { type Verdict, written } from "@/bench/verdict";

const RESULTS = "bench/results.json";
const PAGE = "docs/performance.md";
const TABLE = /(?<=<!-- table: npm run bench -->\n)[\s\S]*?(?=<!-- end of table -->)/;

interface Result {
  bench: string;
  date: string;
  machine: string;
  verdicts: Verdict[];
}

/** Keeps a bench's figures in place of its last ones, and writes the table of docs/performance.md anew. */
export async function keepResult(bench: string, verdicts: Verdict[], order: readonly string[]): Promise<void> {
  const result: Result = { bench, date: new Date().toISOString().slice(0, 10), machine: machine(), verdicts };
  const kept = (await readResults()).filter((one) => one.bench !== bench);
  const results = [...kept, result].sort((one, other) => order.indexOf(one.bench) - order.indexOf(other.bench));
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  const page = await readFile(PAGE, "utf8");
  await writeFile(
    PAGE,
    page.replace(TABLE, () => tableOf(results)),
  );
}

async function readResults(): Promise<Result[]> {
  const text = await readFile(RESULTS, "utf8").catch(() => "[]");
  const results: Result[] = JSON.parse(text);
  return results;
}

function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${first?.model.trim() ?? "unknown"}), ${memory} GB, ${type()} ${release()}, Node ${process.version}`;
}

function tableOf(results: Result[]): string {
  const machines = new Set(results.map((result) => `${result.machine}, ${result.date}`));
  const rows = results.flatMap(({ bench, verdicts }) =>
    verdicts.map((verdict) => {
      const { measured, goal } = written(verdict);
      return `| \`${bench}\` | ${verdict.what} | ${measured} | ${goal} | ${verdict.passed ? "" : "missed"} |`;
    }),
  );
  return `Measured on ${[...machines].join("; ")}.\n\n| bench | what | measured | goal | |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}
