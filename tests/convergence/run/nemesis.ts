import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@/bin/seed/random";
import type { Fault, Target } from "@/tests/convergence/run/fault";

/** Inflicts one fault after the other, with pauses, as long as people talk. Writes down what it does. */
export async function harm(
  target: Target,
  faults: readonly Fault[],
  counter: { faults: number },
  talking: () => boolean,
  { least, most }: { least: number; most: number },
): Promise<void> {
  if (faults.length === 0) return;
  const { random, recorder } = target;
  for (;;) {
    await wait(least + random.next() * (most - least));
    if (!talking()) return;
    const { name: fault, inflict } = pickFault(random, faults);
    counter.faults += 1;
    const f = counter.faults;
    let place: string | null = null;
    await inflict(target, (on) => {
      place = on;
      recorder.write({ kind: "fault", f, phase: "start", fault, on });
    });
    if (place !== null) recorder.write({ kind: "fault", f, phase: "stop", fault, on: place });
  }
}

function pickFault(random: Random, faults: readonly Fault[]): Fault {
  let left = random.next() * faults.reduce((sum, { weight }) => sum + weight, 0);
  return (
    faults.find(({ weight }) => {
      left -= weight;
      return left < 0;
    }) ?? random.pick(faults)
  );
}
