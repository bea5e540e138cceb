import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@/bin/seed/random";
import type { House } from "@/tests/convergence/run/house";
import { remove, type Stage } from "@/tests/convergence/run/operations";
import type { Recorder } from "@/tests/convergence/run/recorder";
import { drop, isNamed, swallowAcknowledgements } from "@/tests/support/frame-faults";
import type { TcpProxy } from "@/tests/support/tcp-proxy";

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

/** Faults of single lines, of which several may be at once. */
export const LINE_FAULTS: readonly Fault[] = [
  {
    name: "cut",
    weight: 4,
    inflict: async (target, begin) => {
      const proxy = someLine(target, begin);
      proxy.cut(target.random.chance(0.5) ? "reset" : "fin");
    },
  },
  {
    name: "blackhole",
    weight: 3,
    inflict: async (target, begin) => {
      const proxy = someLine(target, begin);
      const way = target.random.pick(["toServer", "toClient", "both"] as const);
      proxy.set({ kind: "blackhole", way });
      await wait(between(target.random, 500, 4_000));
      proxy.set({ kind: "pass" });
      if (target.random.chance(0.3)) proxy.cut("reset");
    },
  },
  {
    name: "delay",
    weight: 2,
    inflict: async (target, begin) => {
      const proxy = someLine(target, begin);
      proxy.set({ kind: "delay", ms: between(target.random, 20, 300), jitterMs: 200 });
      await wait(between(target.random, 500, 3_000));
      proxy.set({ kind: "pass" });
    },
  },
  {
    name: "lost acknowledgements",
    weight: 3,
    inflict: async (target, begin) => {
      const proxy = someLine(target, begin);
      proxy.tamper(swallowAcknowledgements(1 + target.random.below(3)));
      await wait(between(target.random, 500, 3_000));
      proxy.tamper();
    },
  },
  {
    name: "lost events",
    weight: 3,
    inflict: async (target, begin) => {
      const proxy = someLine(target, begin);
      proxy.tamper(drop(2 + target.random.below(3), isNamed("channel:changes")));
      await wait(between(target.random, 500, 3_000));
      proxy.tamper();
    },
  },
  {
    name: "removal while cut off",
    weight: 2,
    inflict: async (target, begin) => {
      const { stage, random } = target;
      const removed = random.pick(stage.company.people.slice(1));
      const lines = stage.clients.filter(({ person }) => person === removed);
      begin(removed.account.username);
      for (const { proxy } of lines) proxy.set({ kind: "reset" });
      await wait(between(random, 0, 500));
      const [ada] = stage.company.people;
      const { open, closed } = stage.company.channels;
      const by = stage.clients.find(({ person }) => person === ada);
      if (by !== undefined) await remove(stage, by, removed, random.pick([open, closed]));
      for (const { proxy } of lines) proxy.set({ kind: "pass" });
    },
  },
];

/** Makes an end of whatever is still broken, and waits until everything answers. */
export async function heal({ house, stage }: Pick<Target, "house" | "stage">): Promise<void> {
  house.broker?.resume();
  for (const { proxy } of stage.clients) {
    proxy.tamper();
    proxy.set({ kind: "pass" });
  }
  await databaseAnswers(house);
  for (const { origin } of house.nodes) await serverAnswers(origin);
}

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

function someLine({ stage, random }: Target, begin: (on: string) => void): TcpProxy {
  const { client, proxy } = random.pick(stage.clients);
  begin(client);
  return proxy;
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

async function databaseAnswers({ pool }: House): Promise<void> {
  for (;;) {
    const answers = await pool.query("SELECT 1").then(
      () => true,
      () => false,
    );
    if (answers) return;
    await wait(50);
  }
}

async function serverAnswers(origin: string): Promise<void> {
  for (;;) {
    const answers = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await wait(50);
  }
}
