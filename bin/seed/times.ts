import { type Random, randomOf } from "@/bin/seed/random";

/**
 * `count` moments in ascending order, in milliseconds, the first at `from` or later and the last at `to`: bursts of talk
 * with silences between them. `from` must not be after `to`.
 */
export function* moments(seed: number, name: string, count: number, from: number, to: number): Generator<number> {
  let total = 0;
  const measured = randomOf(seed, name);
  for (let index = 0; index < count; index += 1) total += gap(measured);
  const repeated = randomOf(seed, name);
  let passed = 0;
  for (let index = 0; index < count; index += 1) {
    passed += gap(repeated);
    yield Math.min(to, Math.ceil(from + ((to - from) * passed) / total));
  }
}

/** The silence before a message, in no unit: mostly short, now and then long. */
function gap(random: Random): number {
  const short = 0.05 + random.next();
  return random.chance(0.04) ? short * 120 : short;
}
