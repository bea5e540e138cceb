import { Counter, Gauge } from "prom-client";
import { registry } from "@/lib/metrics/registry";
import { io } from "@/lib/realtime/io";
import { singleton } from "@/lib/shared/singleton";

/** Who is connected, and who was closed for reading too slowly. */
export function connectionMetrics(): { slowReadersClosed: Counter } {
  return singleton("metrics.connections", () => {
    const registers = [registry()];
    new Gauge({
      name: "parley_connections",
      help: "Socket.IO connections",
      registers,
      collect() {
        this.set(io().server?.engine.clientsCount ?? 0);
      },
    });
    return {
      slowReadersClosed: new Counter({
        name: "parley_slow_readers_closed_total",
        help: "Connections closed because too much waited for them",
        registers,
      }),
    };
  });
}
