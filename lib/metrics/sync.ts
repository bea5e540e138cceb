import { Counter } from "prom-client";
import { registry } from "@/lib/metrics/registry";
import { singleton } from "@/lib/shared/singleton";

/** How clients catch up: many resets mean that they were away longer than the replay reaches. */
export function syncMetrics(): { answers: Counter; channels: Counter<"caught_up_by"> } {
  return singleton("metrics.sync", () => {
    const registers = [registry()];
    return {
      answers: new Counter({ name: "parley_sync_answers_total", help: "Answers to sync", registers }),
      channels: new Counter({
        name: "parley_sync_channels_total",
        help: "Channels with news in an answer to sync, replayed change by change or reset to the newest page",
        labelNames: ["caught_up_by"],
        registers,
      }),
    };
  });
}

/** Counts one answer to `sync`. */
export function countSync(channels: { replayed: number; reset: number }): void {
  const metrics = syncMetrics();
  metrics.answers.inc();
  metrics.channels.inc({ caught_up_by: "replay" }, channels.replayed);
  metrics.channels.inc({ caught_up_by: "reset" }, channels.reset);
}
