import type { EventEmitter } from "node:events";
import { createClient } from "@redis/client";
import { createShardedAdapter } from "@socket.io/redis-adapter";
import { deliver } from "@/lib/realtime/deliver";
import { io, type ParleyServer } from "@/lib/realtime/io";
import { log } from "@/lib/shared/log";

const CONNECT_PATIENCE_MS = 3_000;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Joins this process with the others on the same Redis: what one publishes, the sockets of all are told.
 *
 * Redis only carries. The node's own sockets are served without it, and what it loses stands in Postgres, where the
 * watch finds it (lib/realtime/watch.ts); so nothing here waits for Redis, and nothing fails with it.
 * Call it before the first namespace is opened. @returns leaves the cluster
 */
export async function joinCluster(server: ParleyServer, url: string): Promise<() => Promise<void>> {
  const options = {
    url,
    socket: { reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, LONGEST_PAUSE_MS) },
  };
  // What cannot be sent now is not sent later: it would arrive out of date, and a long outage would fill the memory.
  const publishing = createClient({ ...options, disableOfflineQueue: true });
  const subscribing = createClient(options);
  const clients = [publishing, subscribing];
  for (const client of clients) reportTrouble(client);
  const connected = Promise.all(clients.map((client) => client.connect()));
  connected.catch((error: unknown) => log().error({ err: error }, "Redis could not be connected to"));
  await Promise.race([connected, new Promise((resolve) => setTimeout(resolve, CONNECT_PATIENCE_MS).unref())]);

  server.adapter(
    createShardedAdapter(publishing, subscribing, { subscriptionMode: "static", channelPrefix: "parley" }),
  );
  server.on("relay", (parcels) => {
    for (const parcel of parcels) deliver(parcel);
  });
  io().clustered = true;
  io().reachesOthers = () => publishing.isReady && subscribing.isReady;
  io().relay = (parcels) => {
    if (publishing.isReady) server.serverSideEmit("relay", parcels);
  };
  return async () => {
    io().relay = () => undefined;
    for (const client of clients) client.destroy();
  };
}

/** One line when the connection is lost and one when it is back, however often it is tried meanwhile. */
function reportTrouble(client: EventEmitter): void {
  let lost = false;
  client.on("error", (error: Error) => {
    if (!lost) log().warn({ reason: error.message }, "Redis is out of reach; messages of other nodes come by Postgres");
    lost = true;
  });
  client.on("ready", () => {
    if (lost) log().info("Redis is back");
    lost = false;
  });
}
