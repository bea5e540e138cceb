import { monitorEventLoopDelay } from "node:perf_hooks";
import { Gauge } from "prom-client";
import { registry } from "@/lib/metrics/registry";
import { singleton } from "@/lib/shared/singleton";

const RESOLUTION_MS = 10;
const QUANTILES = [0.5, 0.9, 0.99, 1];

/**
 * How late the event loop was since the last time it was asked: what everything that shares the thread waits for.
 *
 * Node's histogram holds the time between two beats of a timer; the beat itself is no delay and is taken off here,
 * which prom-client's own `nodejs_eventloop_lag_*` leave in.
 */
export function eventLoopMetrics(): Gauge<"quantile"> {
  return singleton("metrics.eventLoop", () => {
    const beats = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    beats.enable();
    return new Gauge({
      name: "parley_event_loop_delay_seconds",
      help: "Delay of the event loop since the last scrape",
      labelNames: ["quantile"],
      registers: [registry()],
      collect() {
        for (const quantile of QUANTILES) {
          const delay = beats.count === 0 ? 0 : beats.percentile(quantile * 100) / 1e9 - RESOLUTION_MS / 1e3;
          this.set({ quantile }, Math.max(0, delay));
        }
        beats.reset();
      },
    });
  });
}
