import { parseArgs } from "node:util";

export interface Options {
  seed: number;
  /** How long random clients talk while faults happen. */
  seconds: number;
  nodes: number;
  clients: number;
  /** Where the recorded history goes. */
  keep: string | null;
  /** The name of a broken build, which must be found out. */
  sabotage: string | null;
  /** A recorded history that is only to be judged. */
  judge: string | null;
}

const USAGE = `Usage: npm run check:history -- [--seed N] [--minutes N | --seconds N] [--nodes N] [--clients N]
  [--keep FILE] [--sabotage NAME] [--judge FILE]`;

/** @throws Error with the usage */
export function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const names = { seed: text, minutes: text, seconds: text, nodes: text, clients: text, keep: text, sabotage: text };
  const { values } = parseArgs({ args, options: { ...names, judge: text } });
  const number = (name: string, given: string | undefined, otherwise: number) => {
    const value = given === undefined ? otherwise : Number(given);
    if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} takes a number above 0.\n${USAGE}`);
    return value;
  };
  const minutes = number("minutes", values.minutes, 0.5);
  return {
    seed: Math.floor(number("seed", values.seed, 1 + Math.floor(Math.random() * 1_000_000))),
    seconds: number("seconds", values.seconds, minutes * 60),
    nodes: Math.floor(number("nodes", values.nodes, 1)),
    clients: Math.floor(number("clients", values.clients, 6)),
    keep: values.keep ?? null,
    sabotage: values.sabotage ?? null,
    judge: values.judge ?? null,
  };
}

/** The command line that repeats a run. */
export function replayCommand({ seed, seconds, nodes, clients, sabotage }: Options): string {
  const wanted = [`--seed ${seed}`, `--seconds ${seconds}`, `--nodes ${nodes}`, `--clients ${clients}`];
  return ["npm run check:history --", ...wanted, ...(sabotage === null ? [] : [`--sabotage ${sabotage}`])].join(" ");
}
