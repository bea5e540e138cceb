import type { Entry } from "@/tests/convergence/history";

/** The invariants of the catalogue of faults, as far as the product has what they speak of. */
export const INVARIANTS = {
  I1: "what was acknowledged is in the log",
  I2: "nothing is there twice, unasked for or after a refusal",
  I3: "one order without gaps, in the order of acknowledgement and of each connection",
  I4: "no client misses a change",
  I5: "no client takes a change twice or backwards",
  I6: "one version has one content for everybody",
  I7: "what clients hold is what the server holds",
  I8: "reads show one's own writes and never go back",
  I9: "nothing above a removal reaches the removed",
  I10: "nothing reaches a revoked session",
  I11: "what was deleted shows nowhere",
  I13: "every request ends in time, and sends succeed soon after the last fault",
  I16: "what is counted in the tables is true",
  I17: "servers end only when told to, and without unhandled faults",
} as const;
export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  invariant: Invariant;
  what: string;
  /** The lines that show it: the operation and the events that contradict it. */
  evidence: Entry[];
}
