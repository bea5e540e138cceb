import { Histogram } from "prom-client";
import { registry } from "@/lib/metrics/registry";
import { singleton } from "@/lib/shared/singleton";

/** The events that carry changes to a channel's room. Its `_count` is the events, its `_sum` the messages in them. */
export function fanOutMetrics(): { eventMessages: Histogram } {
  return singleton("metrics.fanOut", () => ({
    eventMessages: new Histogram({
      name: "parley_fanout_event_messages",
      help: "Messages merged into one channel:changes",
      buckets: [0, 1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers: [registry()],
    }),
  }));
}
