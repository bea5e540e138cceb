import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@/bin/seed/random";
import type { Fault, Target } from "@/tests/convergence/run/fault";
import { remove } from "@/tests/convergence/run/operations";
import { drop, isNamed, swallowAcknowledgements } from "@/tests/support/frame-faults";
import type { TcpProxy } from "@/tests/support/tcp-proxy";

const between = (random: Random, least: number, most: number) => least + random.next() * (most - least);

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

function someLine({ stage, random }: Target, begin: (on: string) => void): TcpProxy {
  const { client, proxy } = random.pick(stage.clients);
  begin(client);
  return proxy;
}
