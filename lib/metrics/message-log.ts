import { Gauge, Histogram } from "prom-client";
import { registry } from "@/lib/metrics/registry";
import { singleton } from "@/lib/shared/singleton";

interface MessageLogMetrics {
  batchSize: Histogram;
  commitSeconds: Histogram;
  /** How many appends wait; 0 until the log has a queue. */
  waiting: () => number;
}

/** The group commit: its queue, its batches, and how long the database takes for one. */
export function messageLogMetrics(): MessageLogMetrics {
  return singleton("metrics.messageLog", () => {
    const registers = [registry()];
    const metrics: MessageLogMetrics = {
      waiting: () => 0,
      batchSize: new Histogram({
        name: "parley_log_batch_messages",
        help: "Messages committed by one statement",
        buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
        registers,
      }),
      commitSeconds: new Histogram({
        name: "parley_log_commit_seconds",
        help: "From handing a batch to the database to its answer",
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        registers,
      }),
    };
    new Gauge({
      name: "parley_log_waiting_messages",
      help: "Messages that wait for the commit under way to end",
      registers,
      collect() {
        this.set(metrics.waiting());
      },
    });
    return metrics;
  });
}

/** Counts a batch and times its commit, also one that fails. */
export async function measureCommit<T>(size: number, commit: () => Promise<T>): Promise<T> {
  const { batchSize, commitSeconds } = messageLogMetrics();
  batchSize.observe(size);
  const end = commitSeconds.startTimer();
  return await commit().finally(end);
}
