import { readdir, readFile } from "node:fs/promises";

/**
 * What a process and all its descendants hold, in megabytes: each page that several share is divided among them
 * (Linux's proportional set size), so the sum is what the machine would get back.
 */
export async function memoryOfTree(root: number): Promise<{ megabytes: number; processes: number }> {
  const parents = await parentsOfAll();
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid);
  }
  const sizes = await Promise.all([...tree].map(proportionalSize));
  return { megabytes: sizes.reduce((sum, size) => sum + size, 0) / 1_024, processes: tree.size };
}

async function parentsOfAll(): Promise<Map<number, number>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const pairs = await Promise.all(
    pids.map(async (pid): Promise<[number, number]> => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      // The name in parentheses may hold anything; the parent is the second field behind it.
      return [pid, Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2])];
    }),
  );
  return new Map(pairs);
}

async function proportionalSize(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
}
