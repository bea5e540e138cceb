import type pg from "pg";
import { startNginx } from "@/tests/support/nginx";
import { type Redis, startRedis } from "@/tests/support/redis";
import { type Supervised, startSupervised } from "@/tests/support/supervised";
import { type SystemPostgres, startSystemPostgres } from "@/tests/support/system-postgres";
import { openProxy, type TcpProxy } from "@/tests/support/tcp-proxy";

/** What must be installed for nodes to be started. */
export const PROGRAMS = ["redis-server", "nginx"] as const;

/** One of several Parleys on one database. Its ways to Redis and to Postgres can be harmed without the others'. */
export interface Node {
  origin: string;
  parley: Supervised;
  toRedis: TcpProxy;
  toPostgres: TcpProxy;
  /** Stops it from running without ending its connections, until `resume`. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** Two nodes behind nginx, on one Redis and one Postgres. */
export interface Nodes {
  /** Behind nginx: one node or the other. */
  origin: string;
  a: Node;
  b: Node;
  redis: Redis;
  pool: pg.Pool;
  /** What both have printed. */
  logs(): string;
  close(): Promise<void>;
}

/** Both nodes sign with this, so that a session holds on either. */
const AUTH_SECRET = "a secret that all nodes share, and nobody else";

export async function startNodes(): Promise<Nodes> {
  const started: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    started.unshift(one);
    return one;
  };
  const close = async () => {
    for (const one of started) await one.close();
  };
  try {
    const redis = keep(await startRedis());
    const postgres = keep(await startSystemPostgres());
    const a = keep(await startNode(redis, postgres));
    const b = keep(await startNode(redis, postgres));
    const { origin } = keep(await startNginx([a.origin, b.origin]));
    const logs = () => a.parley.logs() + b.parley.logs();
    return { origin, a, b, redis, pool: postgres.pool, logs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startNode(redis: Redis, postgres: SystemPostgres): Promise<Node> {
  const [toRedis, toPostgres] = await Promise.all([openProxy(onPort(redis.port)), openProxy(onPort(postgres.port))]);
  const parley = await startSupervised({
    env: {
      AUTH_SECRET,
      RATE_LIMITS: "off",
      DATABASE_URL: postgres.urlBy(portOf(toPostgres)),
      REDIS_URL: redis.urlBy(portOf(toRedis)),
    },
    database: { url: postgres.urlBy(postgres.port), pool: postgres.pool, drop: async () => undefined },
  });
  return {
    origin: parley.origin,
    parley,
    toRedis,
    toPostgres,
    pause: () => void process.kill(parley.pid(), "SIGSTOP"),
    resume: () => void process.kill(parley.pid(), "SIGCONT"),
    async close() {
      await parley.close();
      await Promise.all([toRedis.close(), toPostgres.close()]);
    },
  };
}

const onPort = (port: number) => `http://127.0.0.1:${port}`;
const portOf = (proxy: TcpProxy) => Number(new URL(proxy.origin).port);
