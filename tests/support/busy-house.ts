import type pg from "pg";
import { embeddedPool } from "@/tests/support/embedded-postgres";
import { type ClientOptions, HonestClient } from "@/tests/support/honest-client";
import { joinParley, type Person } from "@/tests/support/peer";
import { allCaughtUp, expectPromisesKept } from "@/tests/support/promises";
import { type Supervised, startSupervised } from "@/tests/support/supervised";
import { openProxy, type TcpProxy } from "@/tests/support/tcp-proxy";

const CAST = ["ada", "brook", "chidi", "dilnoza", "edda", "farid", "gwen", "hana", "imani", "jonas", "kofi", "lena"];

/** A Parley with people in it who talk through a proxy, each through a client that keeps to the contract. */
export interface BusyHouse {
  parley: Supervised;
  proxy: TcpProxy;
  pool: pg.Pool;
  people: Person[];
  clients: HonestClient[];
  /** The ids of the channels that everybody is in. */
  channelIds: string[];
  /** Everybody says `each` messages in every channel, as quickly as they are answered. */
  talk(each: number): void;
  /** Resolves when so many more are acknowledged than there were. */
  progress(more: number): Promise<void>;
  /** Waits until all is answered and everybody has caught up, and then compares what everybody knows. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

interface Options extends ClientOptions {
  people?: number;
  bundle?: string;
  env?: Record<string, string>;
  embedded?: boolean;
}

export async function openBusyHouse(options: Options = {}): Promise<BusyHouse> {
  const { people: count = 6, bundle, env, embedded, ...clientOptions } = options;
  const parley = await startSupervised({
    ...(bundle === undefined ? {} : { bundle }),
    env: { RATE_LIMITS: "off", ...env },
    ...(embedded === true ? { database: "embedded" } : {}),
  });
  const pool = parley.database?.pool ?? (await embeddedPool(parley.dataDir));
  const proxy = await openProxy(parley.origin);
  const people = await Promise.all(CAST.slice(0, count).map((name) => joinParley(parley.origin, name)));
  const clients = people.map((person) => new HonestClient(person, proxy.origin, clientOptions));
  await Promise.all(clients.map((client) => client.until(({ held }) => held.size === 2)));
  const channelIds = [...(clients[0]?.held.keys() ?? [])];
  let round = 0;
  return {
    parley,
    proxy,
    pool,
    people,
    clients,
    channelIds,
    talk(each) {
      round += 1;
      for (const client of clients) {
        const bodies = (channel: number) =>
          Array.from({ length: each }, (_, n) => `${client.person.account.username} ${round}.${n} in ${channel}`);
        for (const [channel, channelId] of channelIds.entries()) client.say(channelId, ...bodies(channel));
      }
    },
    async progress(more) {
      const total = () => clients.reduce((sum, client) => sum + client.acknowledged(), 0);
      const wanted = total() + more;
      await Promise.race(clients.map((client) => client.until(() => total() >= wanted)));
    },
    async settle() {
      await allCaughtUp({ pool }, clients);
      await expectPromisesKept({ pool, logs: parley.logs }, clients);
    },
    async close() {
      for (const client of clients) client.close();
      await proxy.close();
      if (parley.database === null) await pool.end();
      await parley.close();
    },
  };
}
