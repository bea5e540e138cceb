import { Gauge } from "prom-client";
import { pool } from "@/lib/db/database";
import { registry } from "@/lib/metrics/registry";
import { singleton } from "@/lib/shared/singleton";

/** The connections to Postgres, and what waits for one. */
export function databasePoolMetrics(): void {
  singleton("metrics.databasePool", () => {
    const registers = [registry()];
    const connections = new Gauge({
      name: "parley_database_connections",
      help: "Connections to Postgres",
      labelNames: ["state"],
      registers,
      collect() {
        const { totalCount, idleCount } = pool();
        this.set({ state: "idle" }, idleCount);
        this.set({ state: "busy" }, totalCount - idleCount);
      },
    });
    const waiting = new Gauge({
      name: "parley_database_waiting",
      help: "Queries and transactions that wait for a connection to Postgres",
      registers,
      collect() {
        this.set(pool().waitingCount);
      },
    });
    return { connections, waiting };
  });
}
