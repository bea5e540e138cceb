import { setTimeout as wait } from "node:timers/promises";
import { micros } from "@/bench/clock";
import { accountsOf, makeChannels, onDatabase } from "@/bench/database";
import type { ReturnersCommand, ReturnersReport } from "@/bench/load/returners";
import type { SendersOrder, SendersReport } from "@/bench/load/senders";
import type { WireTarget } from "@/bench/load/wire";
import { startWorker, type Worker } from "@/bench/processes";
import { askRest, findGeneral, makeDataFolder, seed, startPeer, startProduct } from "@/bench/product";
import { atMost, median, toKnow, type Verdict } from "@/bench/verdict";

const CLIENTS = 500;
const PROCESSES = 2;
const CHANNELS = 10;
const MISSED = 20;
const ROUNDS = 5;
/** Until the server has noticed that they are gone. */
const GONE_MS = 500;

type Returners = Worker<ReturnersCommand, ReturnersReport>;

/** 500 clients are cut off, miss 20 messages in each of 10 channels, and all come back at once. */
export async function storm(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  const tokens = await seed(folder.path, { accounts: CLIENTS, channels: 2, messages: 1_000 });
  const product = await startProduct(folder.path, { RATE_LIMITS: "off" });
  const peer = await startPeer();
  const own = Array.from({ length: PROCESSES }, (): Returners => startWorker("bench/load/returners.ts"));
  const others = Array.from({ length: PROCESSES }, (): Returners => startWorker("bench/load/returners.ts"));
  try {
    const { slug } = await findGeneral(product.said, tokens[0] ?? "");
    const channels = await onDatabase(folder.path, async (client) => {
      const accounts = await accountsOf(client);
      return await makeChannels(client, Array(CHANNELS).fill(accounts));
    });
    const target = { origin: product.said, namespace: `/w/${slug}`, rooms: channels };
    const speaker: WireTarget = { ...target, token: tokens[0] ?? "" };
    await connect(own, tokens, target);
    await connect(others, tokens, { ...target, origin: peer.said, namespace: "" });
    const parley: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all([...own, ...others].map((worker) => worker.ask({ do: "drop" })));
      await wait(GONE_MS);
      const cursors = await versionsOf(speaker, slug, channels);
      await sayIn(speaker, channels);
      parley.push(await timeOfReturn(own, cursors, CLIENTS * CHANNELS * MISSED));
      bare.push(await timeOfReturn(others, null, 0));
      process.stdout.write(`  parley: ${parley.at(-1)?.toFixed(2)} s, bare: ${bare.at(-1)?.toFixed(2)} s\n`);
    }
    return verdicts(median(parley), median(bare));
  } finally {
    await Promise.all([...own, ...others].map((worker) => worker.stop()));
    await Promise.all([product.stop(), peer.stop()]);
    await folder.remove();
  }
}

function verdicts(parley: number, bare: number): Verdict[] {
  return [
    atMost(`${CLIENTS} clients back, each with ${CHANNELS * MISSED} missed messages`, parley, 1.5, "s"),
    toKnow(`${CLIENTS} clients back, bare, with nothing missed`, bare, "s"),
    atMost("time until all are back, times the bare server's", parley / bare, 2),
  ];
}

async function connect(workers: Returners[], tokens: string[], target: Omit<WireTarget, "token">): Promise<void> {
  const share = Math.ceil(tokens.length / workers.length);
  await Promise.all(
    workers.map((worker, index) =>
      worker.ask({
        do: "connect",
        targets: tokens.slice(index * share, (index + 1) * share).map((token) => ({ ...target, token })),
      }),
    ),
  );
}

async function versionsOf({ origin, token }: WireTarget, slug: string, ids: string[]): Promise<Record<string, number>> {
  const shell = await askRest<{ channels: { id: string; version: number }[] }>(origin, `/workspaces/${slug}`, token);
  const own = shell.channels.filter(({ id }) => ids.includes(id));
  return Object.fromEntries(own.map(({ id, version }) => [id, version]));
}

/** Says what the others miss. */
async function sayIn(speaker: WireTarget, channels: string[]): Promise<void> {
  const senders = startWorker<SendersOrder, SendersReport>("bench/load/senders.ts");
  const targets = channels.map((channel): WireTarget => ({ ...speaker, rooms: [channel] }));
  await senders.ask({ do: "open", command: { targets, load: { count: MISSED } } });
  const { acknowledged } = await senders.ask({ do: "send" });
  await senders.stop();
  if (acknowledged !== channels.length * MISSED) throw new Error(`Only ${acknowledged} messages were stored.`);
}

/** Seconds until the last of them has everything. @throws Error where something is missing */
async function timeOfReturn(
  workers: Returners[],
  cursors: Record<string, number> | null,
  expected: number,
): Promise<number> {
  const began = micros();
  const reports = await Promise.all(workers.map((worker) => worker.ask({ do: "return", cursors })));
  const caughtUp = reports.reduce((sum, { messages }) => sum + messages, 0);
  if (caughtUp !== expected) throw new Error(`Of ${expected} missed messages ${caughtUp} came.`);
  return (Math.max(...reports.map(({ endedAt }) => endedAt)) - began) / 1e6;
}
