import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WireTarget } from "@/bench/load/wire";
import { startProgram } from "@/bench/processes";
import { findGeneral, makeDataFolder, seed, startPeer, startProduct } from "@/bench/product";
import { alternate, type Contender, type Round } from "@/bench/rounds";
import { atMost, toKnow, type Verdict } from "@/bench/verdict";
import { runningDatabase } from "@/bin/seed/running-database";

const RECEIVERS = 200;
const SENDERS = 5;
const WINDOW = 50;
const ROUNDS = 4;
const ROUND_MS = 4_000;

/** The same crowd on one node and spread over two, which share a database and a Redis, beside a bare room. */
export async function twoNodes(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  const otherFolder = await makeDataFolder();
  const tokens = await seed(folder.path, { accounts: RECEIVERS + SENDERS, channels: 2, messages: 1_000 });
  const redis = await startRedis();
  const shared = { RATE_LIMITS: "off", REDIS_URL: redis.url };
  const first = await startProduct(folder.path, shared);
  const second = await startProduct(otherFolder.path, { ...shared, DATABASE_URL: await databaseUrl(folder.path) });
  const peer = await startPeer();
  try {
    const { slug, channelId } = await findGeneral(first.said, tokens[0] ?? "");
    const contender = (name: string, servers: { said: string; pid: number }[], namespace: string): Contender => {
      const targets = tokens.map((token, place): WireTarget => {
        const origin = servers[place % servers.length]?.said ?? "";
        return { origin, namespace, token, rooms: [channelId] };
      });
      return {
        name,
        pids: servers.map(({ pid }) => pid),
        receivers: targets.slice(0, RECEIVERS),
        senders: targets.slice(RECEIVERS),
        receiversOfEach: RECEIVERS,
      };
    };
    const contenders = [
      contender("two nodes", [first, second], `/w/${slug}`),
      contender("one node", [first], `/w/${slug}`),
      contender("bare", [peer], ""),
    ];
    return verdicts(await alternate(contenders, { rounds: ROUNDS, lasting: ROUND_MS, load: { window: WINDOW } }));
  } finally {
    await second.stop();
    await Promise.all([first.stop(), peer.stop(), redis.stop()]);
    await Promise.all([folder.remove(), otherFolder.remove()]);
  }
}

function verdicts([two, one, bare]: Round[]): Verdict[] {
  if (two === undefined || one === undefined || bare === undefined) return [];
  const times = two.deliveriesPerSecond / one.deliveriesPerSecond;
  const cpuOfEach = two.cpu / 2 / one.cpu;
  // Where the load generator is the limit, what is left to gain is that each node works less for the same.
  const scales = times >= 1.5 || (times >= 0.95 && cpuOfEach < 0.7);
  return [
    toKnow("deliveries a second by two nodes", two.deliveriesPerSecond),
    toKnow("deliveries a second by one", one.deliveriesPerSecond),
    toKnow("deliveries a second, bare", bare.deliveriesPerSecond),
    { ...toKnow("deliveries a second, times one node's", times), bar: { at: "least", value: 1.5 }, passed: scales },
    { ...atMost("or as many, at this share of its CPU in each", cpuOfEach, 0.7), passed: scales },
    toKnow("p99 by two nodes", two.p99, "ms"),
    toKnow("p99 by one", one.p99, "ms"),
  ];
}

/** The embedded Postgres of the first node, as the second is told of it. */
async function databaseUrl(dataDir: string): Promise<string> {
  const { host = "", port = 0, user = "", password, database = "" } = await runningDatabase(dataDir);
  const url = new URL(`postgresql://localhost:${port}/${database}`);
  url.username = user;
  url.password = String(password);
  url.searchParams.set("host", host);
  return url.href;
}

/** A Redis of its own that keeps nothing. @throws Error where redis-server is not installed */
async function startRedis(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "parley-bench-redis-"));
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const running = await startProgram(
    [
      "redis-server",
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      folder,
    ],
    {},
    /Ready to accept connections/,
  );
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
