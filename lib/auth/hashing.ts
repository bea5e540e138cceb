import { Refusal } from "@/lib/shared/errors";
import { singleton } from "@/lib/shared/singleton";

const AT_ONCE = 2;
const WAITING = 50;

/**
 * Runs a costly hash, two at a time in this process and the others in turn, so that a flood of log-ins cannot take
 * all processors and memory.
 *
 * @throws Refusal `rate_limited` when fifty wait already
 */
export async function inHashingQueue<T>(work: () => Promise<T>): Promise<T> {
  const queue = singleton<{ running: number; waiting: (() => void)[] }>("auth.hashing", () => ({
    running: 0,
    waiting: [],
  }));
  if (queue.running < AT_ONCE) queue.running += 1;
  else if (queue.waiting.length >= WAITING) {
    throw new Refusal("rate_limited", "Too many people log in at this moment. Try again in a few seconds.", {
      retryAfterMs: 3_000,
    });
  } else await new Promise<void>((resume) => queue.waiting.push(resume));
  try {
    return await work();
  } finally {
    // The place is handed on, not given back: a newcomer cannot slip in before those who wait.
    const next = queue.waiting.shift();
    if (next === undefined) queue.running -= 1;
    else next();
  }
}
