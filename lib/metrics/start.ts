import { collectDefaultMetrics, type Registry } from "prom-client";
import { connectionMetrics } from "@/lib/metrics/connections";
import { databasePoolMetrics } from "@/lib/metrics/database-pool";
import { eventLoopMetrics } from "@/lib/metrics/event-loop";
import { fanOutMetrics } from "@/lib/metrics/fan-out";
import { messageLogMetrics } from "@/lib/metrics/message-log";
import { registry } from "@/lib/metrics/registry";
import { syncMetrics } from "@/lib/metrics/sync";

/** Everything that is measured, so that a figure is there, and 0, before its first event. */
const CONCERNS = [
  messageLogMetrics,
  fanOutMetrics,
  connectionMetrics,
  syncMetrics,
  databasePoolMetrics,
  eventLoopMetrics,
];

/** Begins to measure this process. Once, at boot. */
export function startMetrics(): Registry {
  collectDefaultMetrics({ register: registry() });
  for (const concern of CONCERNS) concern();
  return registry();
}
