/** `npm run check:history` finds nothing in the product, and finds out every build that breaks a promise. */
import { spawn, spawnSync } from "node:child_process";
import { SABOTAGES } from "@/tests/convergence/sabotages";

interface Outcome {
  code: number | null;
  printed: string;
  /** The invariants that were broken. */
  broken: string[];
}

const AT_ONCE = 3;
const LONGEST_MS = 150_000;
const PATIENCE_MS = 600_000;

function run(args: readonly string[]): Promise<Outcome> {
  const command = ["--import", "tsx", "bin/check-history.ts", ...args];
  const child = spawn(process.execPath, command, { timeout: LONGEST_MS });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((done) => {
    child.on("close", (code) => {
      done({ code, printed, broken: [...printed.matchAll(/^(I\d+): \d+$/gm)].map(([, id = ""]) => id) });
    });
  });
}

const honest: Record<string, string[]> = {
  // The seeds that found something first.
  "one node": ["--seed", "31", "--seconds", "20"],
  ...(spawnSync("redis-server", ["--version"]).status === 0 && {
    "two nodes": ["--seed", "36", "--seconds", "20", "--nodes", "2"],
  }),
};
/** Whether a fault meets the sabotage is chance: another seed gives it another. */
const SEEDS = [3, 5, 8, 13, 21];

const finds = ({ broken }: Outcome, name: string) => SABOTAGES[name]?.breaks.some((id) => broken.includes(id)) ?? false;

async function runSabotaged(name: string, seconds: number): Promise<Outcome> {
  const args = ["--seconds", String(seconds), "--clients", "4", "--sabotage", name];
  let outcome: Outcome = { code: 0, printed: "", broken: [] };
  for (const seed of SEEDS) {
    outcome = await run(["--seed", String(seed), ...args]);
    if (finds(outcome, name)) break;
  }
  return outcome;
}

/** They mostly wait for their clients, so that some fit beside each other. */
const outcomes = new Map<string, Promise<Outcome>>();
const lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
const runs: [name: string, start: () => Promise<Outcome>][] = [
  ...Object.entries(honest).map(([name, args]): [string, () => Promise<Outcome>] => [name, () => run(args)]),
  ...Object.entries(SABOTAGES).map(([name, { seconds }]): [string, () => Promise<Outcome>] => [
    name,
    () => runSabotaged(name, seconds),
  ]),
];
for (const [place, [name, start]] of runs.entries()) {
  const outcome = Promise.resolve(lanes[place % AT_ONCE]).then(start);
  lanes[place % AT_ONCE] = outcome;
  outcomes.set(name, outcome);
}

for (const name of Object.keys(honest)) {
  test(
    `random clients on ${name}, under every fault, see every promise held`,
    async () => {
      const outcome = await outcomes.get(name);
      if (outcome?.code !== 0) throw new Error(outcome?.printed);
    },
    PATIENCE_MS,
  );
}

for (const [name, { does, breaks }] of Object.entries(SABOTAGES)) {
  test(
    `${does} is found out by ${breaks.join(" or ")}`,
    async () => {
      const outcome = await outcomes.get(name);
      expect(outcome?.code).toBe(1);
      if (outcome === undefined || !finds(outcome, name)) throw new Error(outcome?.printed);
    },
    PATIENCE_MS,
  );
}
