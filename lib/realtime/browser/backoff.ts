const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before try number `attempt` (0 is the first repeat), in milliseconds: doubling from half a second
 * to ten seconds, spread over the upper half so that clients cut off together do not come back together.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return longest * (0.5 + random() / 2);
}

/** The time that the server asked to wait, or up to half as long again: never less, and not all at the same moment. */
export function spread(ms: number, random: () => number = Math.random): number {
  return ms * (1 + random() / 2);
}

/** Resolves after `ms` milliseconds. */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Calls `act` after `ms` milliseconds, unless what it returns is called before. */
export type After = (ms: number, act: () => void) => () => void;

export const after: After = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};
