import { readFileSync } from "node:fs";

/** The memory that a process holds, in MiB. */
export function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  if (kib === undefined) throw new Error(`Process ${pid} has no memory to measure.`);
  return Number(kib) / 1024;
}
