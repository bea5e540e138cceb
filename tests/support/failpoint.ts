/**
 * Runs inside variants of the server only: what the environment variable FAILPOINTS says happens where a variant says
 * `failpoint("name")`. FAILPOINTS="name=action[:ms][@nth], …": `crash` (SIGKILL to itself), `hang` (for ever), `delay`
 * and `stall` (of this task, or of the whole event loop, for `ms`), `throw`; at each passage, or only at the `nth`.
 */
interface Failpoint {
  action: string;
  ms: number;
  nth: number | null;
  passages: number;
}

const points = new Map<string, Failpoint>();
for (const entry of (process.env.FAILPOINTS ?? "").split(",").filter((text) => text.trim() !== "")) {
  const found = /^\s*(\w+)=(crash|hang|delay|stall|throw)(?::(\d+))?(?:@(\d+))?\s*$/.exec(entry);
  if (found === null) throw new Error(`FAILPOINTS is malformed: ${entry}`);
  const [, name = "", action = "", ms = "0", nth] = found;
  points.set(name, { action, ms: Number(ms), nth: nth === undefined ? null : Number(nth), passages: 0 });
}

function passes(name: string): Failpoint | null {
  const point = points.get(name);
  if (point === undefined) return null;
  point.passages += 1;
  return point.nth === null || point.nth === point.passages ? point : null;
}

/** A place that can wait. */
export async function failpoint(name: string): Promise<void> {
  const point = passes(name);
  if (point === null) return;
  if (point.action === "hang") await new Promise(() => undefined);
  else if (point.action === "delay") await new Promise((go) => setTimeout(go, point.ms));
  else act(name, point);
}

/** A place that cannot wait: `hang` and `delay` make no sense here. */
export function failpointNow(name: string): void {
  const point = passes(name);
  if (point !== null) act(name, point);
}

/** Whether the place is to fail at all, for variants that take another way there. */
export function isArmed(name: string): boolean {
  return points.has(name);
}

function act(name: string, { action, ms }: Failpoint): void {
  if (action === "crash") {
    process.kill(process.pid, "SIGKILL");
    // The signal may take a moment to arrive, in which nothing more may happen.
    for (;;);
  }
  if (action === "throw") throw new Error(`failpoint ${name}`);
  if (action !== "stall") throw new Error(`failpoint ${name} cannot ${action}`);
  const end = performance.now() + ms;
  while (performance.now() < end);
}
