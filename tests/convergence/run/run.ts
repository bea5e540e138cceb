import { setTimeout as wait } from "node:timers/promises";
import { type Random, randomOf } from "@/bin/seed/random";
import { LEVEL_AGAIN_MS } from "@/tests/convergence/checks/streams";
import type { Entry } from "@/tests/convergence/history";
import type { Client } from "@/tests/convergence/run/client";
import { everybodyLevel, everyRequestEnded, probe, writeEnd } from "@/tests/convergence/run/ending";
import type { Fault } from "@/tests/convergence/run/fault";
import { heal } from "@/tests/convergence/run/heal";
import { type House, openHouse } from "@/tests/convergence/run/house";
import { HOUSE_FAULTS } from "@/tests/convergence/run/house-faults";
import { LINE_FAULTS } from "@/tests/convergence/run/line-faults";
import { harm } from "@/tests/convergence/run/nemesis";
import { OPERATIONS, pickOperation, type Stage } from "@/tests/convergence/run/operations";
import { gather } from "@/tests/convergence/run/people";
import { PlainClient } from "@/tests/convergence/run/plain-client";
import type { openProductClient } from "@/tests/convergence/run/product-client";
import { Recorder } from "@/tests/convergence/run/recorder";
import { visit } from "@/tests/convergence/run/visits";
import { openProxy } from "@/tests/support/tcp-proxy";

export interface Plan {
  seed: number;
  seconds: number;
  nodes: number;
  clients: number;
  /** Another server than the built one. */
  bundle: string | null;
  openProductClient: typeof openProductClient;
  houseFaults: readonly Fault[];
  lineFaults: readonly Fault[];
  /** Whether a test run's Postgres may serve, if there is one. */
  sharesPostgres: boolean;
  /** How long to wait at the end until everybody is level. */
  levelWithinMs: number;
  say: (line: string) => void;
}

/** A run of the product as it is, with everything that can be done to it. */
export const HONEST = {
  bundle: null,
  sharesPostgres: false,
  houseFaults: HOUSE_FAULTS,
  lineFaults: LINE_FAULTS,
  levelWithinMs: LEVEL_AGAIN_MS + 10_000,
};

const PATIENCE_MS = 4_000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const MOST_UNDER_WAY = 10;
/** Lets random clients talk while faults happen, heals, and writes down what everybody holds in the end. */
export async function recordHistory(plan: Plan): Promise<Entry[]> {
  const { seed, nodes, say } = plan;
  const recorder = new Recorder();
  const at = Date.now();
  recorder.write({ kind: "run", run: String(at), seed, nodes, at, patienceMs: PATIENCE_MS });
  say("Starting Postgres and Parley");
  const sharesPostgres = plan.sharesPostgres && process.env.TEST_CLUSTER_URL !== undefined;
  const house = await openHouse({ nodes, bundle: plan.bundle, sharesPostgres, recorder });
  // Whoever ends the run early must not find its servers and its Postgres still running.
  const abort = () => void house.close().finally(() => process.exit(130));
  for (const signal of SIGNALS) process.once(signal, abort);
  try {
    const stage = await openStage(plan, house, recorder);
    say(`${stage.clients.length} clients talk for ${plan.seconds} s (seed ${seed})`);
    await talkUnderFaults(plan, house, stage);
    say("Healing, and waiting until everybody is level");
    await heal({ house, stage });
    recorder.write({ kind: "healed" });
    probe(stage);
    await everybodyLevel(house, stage, plan.levelWithinMs);
    for (const state of stage.clients.flatMap((client) => client.states())) recorder.write(state);
    for (const client of stage.clients) client.close();
    await everyRequestEnded(recorder, PATIENCE_MS);
    await writeEnd(house, stage);
    for (const { proxy } of stage.clients) await proxy.close();
    return recorder.entries;
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort);
    await house.close();
  }
}

async function openStage(plan: Plan, house: House, recorder: Recorder): Promise<Stage> {
  const [first] = house.nodes;
  if (first === undefined) throw new Error("A run needs a server.");
  const company = await gather(first.origin, Math.ceil((plan.clients * 2) / 3));
  const clients: Client[] = [];
  for (let index = 0; index < plan.clients; index += 1) {
    const person = company.people[index % company.people.length];
    const node = house.nodes[index % house.nodes.length];
    if (person === undefined || node === undefined) throw new Error("Nobody is there.");
    const proxy = await openProxy(node.origin);
    const shared = { person, proxy, recorder, patienceMs: PATIENCE_MS };
    const name = `${person.account.username} ${index + 1}`;
    clients.push(
      index % 2 === 0
        ? await plan.openProductClient({ name: `${name} (product)`, ...shared })
        : new PlainClient({ name: `${name} (plain)`, ...shared }),
    );
  }
  const random = randomOf(plan.seed, "operations");
  return { company, clients, recorder, random, patienceMs: PATIENCE_MS, recent: [] };
}

async function talkUnderFaults(plan: Plan, house: House, stage: Stage): Promise<void> {
  const until = performance.now() + plan.seconds * 1_000;
  const talking = () => performance.now() < until;
  const { recorder } = stage;
  const counter = { faults: 0 };
  const lineTarget = { house, stage, recorder, random: randomOf(plan.seed, "lines") };
  const houseTarget = { house, stage, recorder, random: randomOf(plan.seed, "house") };
  await Promise.all([
    ...stage.clients.map((client) => act(stage, client, randomOf(plan.seed, client.client), talking)),
    harm(lineTarget, plan.lineFaults, counter, talking, { least: 200, most: 1_200 }),
    harm(lineTarget, plan.lineFaults, counter, talking, { least: 500, most: 3_000 }),
    harm(houseTarget, plan.houseFaults, counter, talking, { least: 1_500, most: 4_000 }),
    visit(house, stage, randomOf(plan.seed, "visits"), talking),
  ]);
}

/** One client does one thing after the other, without waiting for answers as long as not too many are due. */
async function act(stage: Stage, client: Client, random: Random, talking: () => boolean): Promise<void> {
  const underWay = new Set<Promise<void>>();
  while (talking()) {
    const { act: operate } = pickOperation(random, OPERATIONS);
    const operation = operate(stage, client).finally(() => underWay.delete(operation));
    underWay.add(operation);
    if (underWay.size >= MOST_UNDER_WAY) await Promise.race(underWay);
    await wait(20 + random.next() * 130);
  }
  await Promise.all(underWay);
}
