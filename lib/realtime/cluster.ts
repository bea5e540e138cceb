import { createClient } from "@redis/client";
import { createShardedAdapter } from "@socket.io/redis-adapter";
import { Server } from "socket.io";
import { deliver } from "@/lib/realtime/deliver";
import { io } from "@/lib/realtime/io";
import type { Parcel } from "@/lib/realtime/parcel";
import { log } from "@/lib/shared/log";

/** What nodes tell each other. */
interface ServerToServer {
  relay: (parcels: Parcel[]) => void;
}

type NoEvents = Record<string, never>;

const LONGEST_PAUSE_MS = 1_000;

/**
 * Joins this process with the others on the same database: what one publishes, the sockets of all are told.
 *
 * The bus is a Socket.IO server that no client reaches, on a Redis adapter; the workspaces' namespaces keep their own
 * memory, so that this node's sockets never wait for Redis (docs/decisions/0013-redis-adapter.md). Redis only carries:
 * what it loses stands in Postgres, where the watch finds it (lib/realtime/watch.ts). So nothing here is awaited, and
 * nothing fails with it.
 *
 * @param epoch names the database, so that several of them can share one Redis
 * @returns leaves the cluster
 */
export function joinCluster(url: string, epoch: string): () => void {
  // What cannot be sent now is not sent later: it would arrive out of date, and a long outage would fill the memory.
  const publisher = connect(url, { disableOfflineQueue: true });
  // Its subscriptions must outwait an outage.
  const subscriber = connect(url, { disableOfflineQueue: false });
  const adapter = createShardedAdapter(publisher, persistent(subscriber), {
    subscriptionMode: "static",
    channelPrefix: `parley.${epoch}`,
  });
  const bus = new Server<NoEvents, NoEvents, ServerToServer>({ adapter });
  bus.on("relay", (parcels) => {
    for (const parcel of parcels) deliver(parcel);
  });
  io().clustered = true;
  io().reachesOthers = () => publisher.isReady && subscriber.isReady;
  io().relay = (parcels) => {
    if (publisher.isReady) bus.serverSideEmit("relay", parcels);
  };
  return () => {
    io().relay = () => undefined;
    publisher.destroy();
    subscriber.destroy();
  };
}

/**
 * A subscription whose answer is lost with a connection is rejected, and not made again with the next one; the adapter
 * asks once and does not look. So it is asked for until it stands: from then on the client makes it anew by itself.
 */
function persistent(subscriber: Client): Pick<Client, "sSubscribe" | "sUnsubscribe"> {
  const sSubscribe: Client["sSubscribe"] = async (...subscription) => {
    for (;;) {
      try {
        return await subscriber.sSubscribe(...subscription);
      } catch (error) {
        if (!subscriber.isOpen) return;
        log().warn({ err: error }, "a subscription at Redis was lost; asking for it again");
        await new Promise((resolve) => setTimeout(resolve, LONGEST_PAUSE_MS).unref());
      }
    }
  };
  return { sSubscribe, sUnsubscribe: (...subscription) => subscriber.sUnsubscribe(...subscription) };
}

type Client = ReturnType<typeof connect>;

function connect(url: string, queue: { disableOfflineQueue: boolean }) {
  const client = createClient({
    url,
    ...queue,
    // No timer for each command: it would cost a quarter of an event.
    commandOptions: { timeout: 0 },
    // Bounds what waits in memory for a Redis that takes bytes and does not answer.
    commandsQueueMaxLength: 1_000,
    // A silent Redis is noticed: a ping each second, and no byte for five is a lost connection.
    pingInterval: 1_000,
    socket: {
      connectTimeout: 2_000,
      socketTimeout: 5_000,
      // The client's own strategy takes a socket's time-out for the end, and never connects again.
      reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, LONGEST_PAUSE_MS) + Math.random() * 200,
    },
  });
  let lost = false;
  // One line when it is lost and one when it is back, however often it is tried meanwhile.
  client.on("error", (error: Error) => {
    if (!lost) log().warn({ reason: error.message }, "Redis is out of reach; other nodes' messages come by Postgres");
    lost = true;
  });
  client.on("ready", () => {
    if (lost) log().info("Redis is back");
    lost = false;
  });
  client.connect().catch((error: unknown) => log().warn({ err: error }, "Redis could not be connected to"));
  return client;
}
