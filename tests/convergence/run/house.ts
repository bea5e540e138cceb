import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import { startEmbedded } from "@/lib/db/embedded/embedded";
import { type Broker, startBroker } from "@/tests/convergence/run/broker";
import type { Recorder } from "@/tests/convergence/run/recorder";
import { type Supervised, startSupervised } from "@/tests/support/supervised";

/** Everything that a run starts and may harm: the servers, their Postgres and, for several, a Redis. */
export interface House {
  nodes: Supervised[];
  pool: pg.Pool;
  broker: Broker | null;
  /** The process that all of Postgres descends from; it changes when Postgres dies and is started again. */
  postmaster(): Promise<number>;
  close(): Promise<void>;
}

interface Options {
  nodes: number;
  bundle: string | null;
  recorder: Recorder;
}

export async function openHouse({ nodes: count, bundle, recorder }: Options): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), "parley-history-"));
  // It is killed on purpose, and says so each time.
  const postgres = await startEmbedded({ dataDir, log: pino({ level: "silent" }) });
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
  pool.on("error", () => undefined);
  const broker = count > 1 ? await startBroker() : null;
  const nodes: Supervised[] = [];
  for (let node = 1; node <= count; node += 1) {
    const server = await startSupervised({
      database: { url: postgres.url, pool, drop: async () => undefined },
      env: { RATE_LIMITS: "off", LOG_LEVEL: "warn", ...(broker !== null && { REDIS_URL: broker.url }) },
      ...(bundle !== null && { bundle }),
    });
    nodes.push(server);
    recorder.write({ kind: "server", node, what: "start", expected: true, line: server.origin });
  }
  return {
    nodes,
    pool,
    broker,
    postmaster: async () => {
      const file = await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8");
      return Number(file.split("\n")[0]);
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await broker?.close();
      await pool.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
