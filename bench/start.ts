import { setTimeout as wait } from "node:timers/promises";
import { memoryOfTree } from "@/bench/process-tree";
import { type Running, startProgram } from "@/bench/processes";
import { makeDataFolder, START_FLAGS } from "@/bench/product";
import { atMost, median, toKnow, type Verdict } from "@/bench/verdict";

const STARTS = 3;
/** Until what only the start needed has been given back. */
const SETTLING_MS = 10_000;

/** What `npm start` takes when nobody is there: memory of the app and Postgres together, and the time of a second start. */
export async function start(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  try {
    const first = await timedStart(folder.path);
    await first.running.stop();
    const seconds = [];
    const sizes = [];
    for (let start = 0; start < STARTS; start += 1) {
      const { running, took } = await timedStart(folder.path);
      seconds.push(took);
      // A page was asked for, as somebody's who looks in and goes again.
      await (await fetch(`${running.said}/login`)).text();
      await wait(SETTLING_MS);
      sizes.push(await memoryOfTree(running.pid));
      await running.stop();
    }
    return [
      toKnow("processes", median(sizes.map(({ processes }) => processes))),
      atMost("memory of app and Postgres", median(sizes.map(({ megabytes }) => megabytes)), 400, "MB"),
      toKnow("first start with a new data folder, ready after", first.took, "s"),
      atMost("second start, ready after", median(seconds), 5, "s"),
    ];
  } finally {
    await folder.remove();
  }
}

async function timedStart(dataDir: string): Promise<{ running: Running; took: number }> {
  const began = performance.now();
  const running = await startProgram(
    [process.execPath, ...START_FLAGS, "bin/start.mjs"],
    { DATA_DIR: dataDir, PORT: "0", HOST: "127.0.0.1" },
    /Parley is ready at (http:\S+)/,
  );
  return { running, took: (performance.now() - began) / 1_000 };
}
