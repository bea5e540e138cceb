import { readdir, readFile } from "node:fs/promises";

/** One clock tick of /proc in seconds: 1/100 on every Linux that Node runs on. */
const TICK = 0.01;

/**
 * What a process and all its descendants hold, in megabytes: each page that several share is divided among them
 * (Linux's proportional set size), so the sum is what the machine would get back.
 */
export async function memoryOfTree(root: number): Promise<{ megabytes: number; processes: number }> {
  const tree = await treeOf(root);
  const sizes = await Promise.all(tree.map(proportionalSize));
  return { megabytes: sizes.reduce((sum, size) => sum + size, 0) / 1_024, processes: tree.length };
}

/** Processor seconds so far of one process, without its descendants. */
export async function cpuOf(pid: number): Promise<number> {
  const [userTicks = 0, systemTicks = 0] = (await statOf(pid)).slice(11, 13).map(Number);
  return (userTicks + systemTicks) * TICK;
}

/** Processor seconds so far of a process and all its descendants that live. */
export async function cpuOfTree(root: number): Promise<number> {
  const seconds = await Promise.all((await treeOf(root)).map(cpuOf));
  return seconds.reduce((sum, one) => sum + one, 0);
}

async function treeOf(root: number): Promise<number[]> {
  const parents = await parentsOfAll();
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid);
  }
  return [...tree];
}

async function parentsOfAll(): Promise<Map<number, number>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  return new Map(
    await Promise.all(pids.map(async (pid): Promise<[number, number]> => [pid, Number((await statOf(pid))[1])])),
  );
}

/** The fields of /proc/PID/stat from the third on: the name before them is in parentheses and may hold anything. */
async function statOf(pid: number): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

async function proportionalSize(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
}
