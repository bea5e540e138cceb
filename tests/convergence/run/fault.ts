import type { Random } from "@/bin/seed/random";
import type { House } from "@/tests/convergence/run/house";
import type { Stage } from "@/tests/convergence/run/operations";
import type { Recorder } from "@/tests/convergence/run/recorder";

/** What a fault may harm, and what it draws its choices from. */
export interface Target {
  house: House;
  stage: Stage;
  random: Random;
  recorder: Recorder;
}

export interface Fault {
  name: string;
  weight: number;
  /** Harms something, waits, and mends it. `begin` is told what, and writes it down. */
  inflict: (target: Target, begin: (on: string) => void) => Promise<void>;
}
