/** Durations in microseconds, counted in buckets that are at most 1/32 apart: small, and cheap to fill and to merge. */
const STEPS = 32;
const BUCKETS = STEPS * 32;

export interface Histogram {
  record(micros: number): void;
  /** Adds another's counts. */
  merge(counts: readonly number[]): void;
  /** The duration, in milliseconds, that `share` (0 to 1) of all stay within; NaN where nothing was recorded. */
  quantile(share: number): number;
  counts(): number[];
}

export function createHistogram(): Histogram {
  const counts = new Float64Array(BUCKETS);
  return {
    record(micros) {
      const index = bucketOf(micros);
      counts[index] = (counts[index] ?? 0) + 1;
    },
    merge(other) {
      for (const [index, count] of other.entries()) counts[index] = (counts[index] ?? 0) + count;
    },
    quantile(share) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (total === 0) return Number.NaN;
      let left = total * share;
      const index = counts.findIndex((count) => {
        left -= count;
        return left <= 0;
      });
      return upperEndOf(index) / 1_000;
    },
    counts: () => [...counts],
  };
}

/** The first buckets are a microsecond wide; from then on each power of two is cut into STEPS. */
function bucketOf(micros: number): number {
  const value = Math.max(0, Math.floor(micros));
  if (value < STEPS) return value;
  const power = 31 - Math.clz32(value);
  return Math.min(BUCKETS - 1, (power - 4) * STEPS + Math.floor(value / 2 ** (power - 5)) - STEPS);
}

function upperEndOf(index: number): number {
  if (index < STEPS) return index + 1;
  const power = Math.floor(index / STEPS) + 4;
  return (index - (power - 4) * STEPS + STEPS + 1) * 2 ** (power - 5);
}
