import { access } from "node:fs/promises";
import { probeCommits } from "@/bench/database";
import { createHistogram } from "@/bench/histogram";
import type { WireTarget } from "@/bench/load/wire";
import { findGeneral, makeDataFolder, seed, startPeer, startProduct } from "@/bench/product";
import { alternate, type Contender, type Round } from "@/bench/rounds";
import { atLeast, atMost, toKnow, type Verdict } from "@/bench/verdict";

const RECEIVERS = 200;
const SENDERS = 5;
const WINDOW = 50;
const ROUNDS = 4;
const ROUND_MS = 4_000;
/** Messages a second, from all senders together: a lively room of people. */
const CALM_RATE = 25;
const PROBE_MS = 1_000;
/** A file system in memory, where the software's own share shows. */
const TMPFS = "/dev/shm";
const ROUNDS_IN_MEMORY = 3;

/** Durable messages from 5 senders to 200 receivers, against a Socket.IO room that stores nothing. */
export async function fanout(): Promise<Verdict[]> {
  const onDisk = await withRoom(undefined, async (contenders, dataDir) => {
    const commits = createHistogram();
    const calmCommits = createHistogram();
    const before = () => probeCommits(dataDir, PROBE_MS, 0, commits);
    const calmBefore = () => probeCommits(dataDir, 2 * PROBE_MS, 1_000 / CALM_RATE, calmCommits);
    const busy = await alternate(contenders, { rounds: ROUNDS, lasting: ROUND_MS, load: { window: WINDOW }, before });
    const load = { perSecond: CALM_RATE / SENDERS };
    const calm = await alternate(contenders, { rounds: ROUNDS, lasting: ROUND_MS, load, before: calmBefore });
    return [
      ...busyVerdicts(busy),
      ...calmVerdicts(calm),
      toKnow(`commit of a single row, ${CALM_RATE} a second, p50`, calmCommits.quantile(0.5), "ms"),
      toKnow("commit of a single row on the same database, p50", commits.quantile(0.5), "ms"),
      toKnow("commit of a single row on the same database, p99", commits.quantile(0.99), "ms"),
    ];
  });
  const hasTmpfs = await access(TMPFS).then(
    () => true,
    () => false,
  );
  if (!hasTmpfs) return onDisk;
  const inMemory = await withRoom(TMPFS, (contenders) =>
    alternate(contenders, { rounds: ROUNDS_IN_MEMORY, lasting: ROUND_MS, load: { window: WINDOW } }),
  );
  return [...onDisk, ...inMemoryVerdicts(inMemory)];
}

async function withRoom<T>(
  within: string | undefined,
  work: (contenders: Contender[], dataDir: string) => Promise<T>,
): Promise<T> {
  const folder = await makeDataFolder(within);
  const tokens = await seed(folder.path, { accounts: RECEIVERS + SENDERS, channels: 2, messages: 1_000 });
  const product = await startProduct(folder.path, { RATE_LIMITS: "off" });
  const peer = await startPeer();
  try {
    const { slug, channelId } = await findGeneral(product.said, tokens[0] ?? "");
    const contender = (name: string, { said, pid }: { said: string; pid: number }, namespace: string): Contender => {
      const targets = tokens.map((token): WireTarget => ({ origin: said, namespace, token, rooms: [channelId] }));
      const [receivers, senders] = [targets.slice(0, RECEIVERS), targets.slice(RECEIVERS)];
      return { name, pids: [pid], receivers, senders, receiversOfEach: RECEIVERS };
    };
    return await work([contender("parley", product, `/w/${slug}`), contender("bare", peer, "")], folder.path);
  } finally {
    await Promise.all([product.stop(), peer.stop()]);
    await folder.remove();
  }
}

function busyVerdicts([parley, bare]: Round[]): Verdict[] {
  if (parley === undefined || bare === undefined) return [];
  return [
    toKnow("deliveries a second", parley.deliveriesPerSecond),
    toKnow("deliveries a second, bare", bare.deliveriesPerSecond),
    atLeast("deliveries a second, times the bare room's", parley.deliveriesPerSecond / bare.deliveriesPerSecond, 3),
    toKnow("p50 under that load", parley.p50, "ms"),
    toKnow("p50 under that load, bare", bare.p50, "ms"),
    atMost("p99 under that load, against the bare room's", parley.p99, bare.p99, "ms"),
    toKnow("acknowledged after, p50", parley.acknowledged, "ms"),
    toKnow("acknowledged after, p50, bare", bare.acknowledged, "ms"),
    toKnow("CPU of the server for a million deliveries", parley.cpu, "s"),
    toKnow("CPU of the server and Postgres for a million deliveries", parley.cpuWithDatabase, "s"),
    toKnow("CPU for a million deliveries, bare", bare.cpu, "s"),
    atMost("CPU for a million deliveries, times the bare room's", parley.cpuWithDatabase / bare.cpu, 0.5),
  ];
}

function calmVerdicts([parley, bare]: Round[]): Verdict[] {
  if (parley === undefined || bare === undefined) return [];
  const at = `at ${CALM_RATE} messages a second`;
  return [
    toKnow(`p50 ${at}`, parley.p50, "ms"),
    toKnow(`p50 ${at}, bare`, bare.p50, "ms"),
    atMost(`p50 ${at}, times the bare room's`, parley.p50 / bare.p50, 1.1),
    toKnow(`p99 ${at}`, parley.p99, "ms"),
    toKnow(`p99 ${at}, bare`, bare.p99, "ms"),
  ];
}

function inMemoryVerdicts([parley, bare]: Round[]): Verdict[] {
  if (parley === undefined || bare === undefined) return [];
  const ratio = parley.deliveriesPerSecond / bare.deliveriesPerSecond;
  return [
    toKnow("deliveries a second with the database in memory, times the bare room's", ratio),
    toKnow("p99 with the database in memory", parley.p99, "ms"),
    toKnow("p99 with the database in memory, bare", bare.p99, "ms"),
  ];
}
