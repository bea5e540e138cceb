import type pg from "pg";
import { type Broker, startBroker } from "@/tests/convergence/run/broker";
import { openOwnPostgres, type Postgres, shareTestPostgres } from "@/tests/convergence/run/postgres";
import type { Recorder } from "@/tests/convergence/run/recorder";
import { type Supervised, startSupervised } from "@/tests/support/supervised";

/** Everything that a run starts and may harm: the servers, their Postgres and, for several, a Redis. */
export interface House {
  nodes: Supervised[];
  pool: pg.Pool;
  broker: Broker | null;
  /** Postgres's processes of this moment, the parent of all first. */
  databaseProcesses(): Promise<number[]>;
  close(): Promise<void>;
}

interface Options {
  nodes: number;
  bundle: string | null;
  /** Whether a database in the Postgres of a test run will do, because no fault meets Postgres. */
  sharesPostgres: boolean;
  recorder: Recorder;
}

export async function openHouse({ nodes: count, bundle, sharesPostgres, recorder }: Options): Promise<House> {
  const postgres: Postgres = sharesPostgres ? await shareTestPostgres() : await openOwnPostgres();
  const broker = count > 1 ? await startBroker() : null;
  const nodes: Supervised[] = [];
  for (let node = 1; node <= count; node += 1) {
    const server = await startSupervised({
      database: { url: postgres.url, pool: postgres.pool, drop: async () => undefined },
      env: { RATE_LIMITS: "off", LOG_LEVEL: "warn", ...(broker !== null && { REDIS_URL: broker.url }) },
      ...(bundle !== null && { bundle }),
    });
    nodes.push(server);
    recorder.write({ kind: "server", node, what: "start", expected: true, line: server.origin });
  }
  return {
    nodes,
    pool: postgres.pool,
    broker,
    databaseProcesses: postgres.processes,
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await broker?.close();
      await postgres.close();
    },
  };
}
