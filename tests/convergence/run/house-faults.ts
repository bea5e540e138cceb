import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@/bin/seed/random";
import type { Fault } from "@/tests/convergence/run/fault";
import { databaseAnswers } from "@/tests/convergence/run/heal";
import type { House } from "@/tests/convergence/run/house";
import type { Recorder } from "@/tests/convergence/run/recorder";

const between = (random: Random, least: number, most: number) => least + random.next() * (most - least);

/** Faults of servers, database and broker: one at a time. */
export const HOUSE_FAULTS: readonly Fault[] = [
  {
    name: "kill -9 of a server",
    weight: 3,
    inflict: async ({ house, random, recorder }, begin) => {
      const { node, server } = someNode(house, random);
      begin(`node ${node}`);
      await server.kill();
      noteEnd(recorder, node, await server.ended(), { code: null, signal: "SIGKILL" });
      await wait(between(random, 0, 500));
      await server.start();
    },
  },
  {
    name: "orderly restart of a server",
    weight: 2,
    inflict: async ({ house, random, recorder }, begin) => {
      const { node, server } = someNode(house, random);
      begin(`node ${node}`);
      await server.stop();
      noteEnd(recorder, node, await server.ended(), { code: 0, signal: null });
      await server.start();
    },
  },
  {
    name: "pause of a server",
    weight: 2,
    inflict: async ({ house, random }, begin) => {
      const { node, server } = someNode(house, random);
      begin(`node ${node}`);
      process.kill(server.pid(), "SIGSTOP");
      await wait(between(random, 300, 3_000));
      process.kill(server.pid(), "SIGCONT");
    },
  },
  {
    name: "kill -9 of Postgres",
    weight: 2,
    inflict: async ({ house, random }, begin) => {
      begin("postgres");
      const all = await house.databaseProcesses();
      signal(random.chance(0.5) ? all : all.slice(0, 1), "SIGKILL");
      await databaseAnswers(house);
    },
  },
  {
    name: "pause of Postgres",
    weight: 2,
    inflict: async ({ house, random }, begin) => {
      begin("postgres");
      const all = await house.databaseProcesses();
      signal(all, "SIGSTOP");
      await wait(between(random, 300, 3_000));
      signal(all, "SIGCONT");
    },
  },
  {
    name: "restart of Redis",
    weight: 2,
    inflict: async ({ house }, begin) => {
      if (house.broker === null) return;
      begin("redis");
      await house.broker.restart();
    },
  },
  {
    name: "pause of Redis",
    weight: 1,
    inflict: async ({ house, random }, begin) => {
      if (house.broker === null) return;
      begin("redis");
      house.broker.pause();
      await wait(between(random, 300, 3_000));
      house.broker.resume();
    },
  },
];

/** A process that has ended meanwhile needs no signal. */
function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

function someNode({ nodes }: House, random: Random) {
  const node = random.below(nodes.length);
  const server = nodes[node];
  if (server === undefined) throw new Error("There is no server to harm.");
  return { node: node + 1, server };
}

interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

function noteEnd(recorder: Recorder, node: number, ended: Ending, wanted: Ending): void {
  const expected = ended.code === wanted.code && ended.signal === wanted.signal;
  const line = `ended with ${ended.code ?? ended.signal}, wanted ${wanted.code ?? wanted.signal}`;
  recorder.write({ kind: "server", node, what: "exit", expected, line });
}
