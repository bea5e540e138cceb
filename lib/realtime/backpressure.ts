import type { Server } from "engine.io";
import { connectionMetrics } from "@/lib/metrics/connections";
import { gatherWrites } from "@/lib/realtime/one-write";
import { log } from "@/lib/shared/log";

const MOST_PACKETS = 1_000;
const MOST_BYTES = 1024 * 1024;
const LONGEST_WAIT_MS = 10_000;

interface Packet {
  data?: unknown;
}

/**
 * Bounds what waits for a slow reader.
 *
 * engine.io keeps what a connection has not taken yet without limit. A connection past ours is closed; its client
 * comes back and catches up by `sync`, which costs one page instead of a queue that grows while others wait for memory.
 */
export function boundWriteBuffers(engine: Pick<Server, "on">): void {
  engine.on("connection", (connection) => {
    let packets = 0;
    let bytes = 0;
    let since = 0;
    connection.on("packetCreate", ({ data }: Packet) => {
      // What waits already is measured, not what comes: one long answer to a quick reader is no queue.
      const waits = packets === 0 ? 0 : performance.now() - since;
      if (packets >= MOST_PACKETS || bytes > MOST_BYTES || waits > LONGEST_WAIT_MS) {
        log().warn({ connectionId: connection.id, packets, bytes }, "closed a connection that reads too slowly");
        connectionMetrics().slowReadersClosed.inc();
        packets = 0;
        bytes = 0;
        return connection.close(true);
      }
      if (packets === 0) since = performance.now();
      packets += 1;
      if (typeof data === "string") bytes += data.length;
    });
    connection.on("flush", ({ length }: Packet[]) => {
      packets = 0;
      bytes = 0;
      if (length > 1) gatherWrites(connection.request.socket);
    });
  });
}
