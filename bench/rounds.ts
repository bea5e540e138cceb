import { setTimeout as wait } from "node:timers/promises";
import { micros } from "@/bench/clock";
import { createHistogram } from "@/bench/histogram";
import type { ReceiversCommand, ReceiversReport } from "@/bench/load/receivers";
import type { SendersOrder, SendersReport } from "@/bench/load/senders";
import type { WireTarget } from "@/bench/load/wire";
import { cpuOf, cpuOfTree } from "@/bench/process-tree";
import { startWorker, type Worker } from "@/bench/processes";
import { median } from "@/bench/verdict";

const RECEIVING_PROCESSES = 2;
const WARM_UP_MS = 2_000;
const ARRIVAL_MS = 20_000;

/** One of those that take turns: its processes, and who is connected to it. */
export interface Contender {
  name: string;
  /** The server's processes; what they started themselves (Postgres) counts in `cpuWithDatabase` only. */
  pids: number[];
  receivers: WireTarget[];
  senders: WireTarget[];
  /** How many receivers get each message. */
  receiversOfEach: number;
}

export interface Round {
  /** Messages times receivers. */
  deliveriesPerSecond: number;
  p50: number;
  p99: number;
  /** From a send to its acknowledgement, p50. */
  acknowledged: number;
  /** Processor seconds of the server for a million deliveries. */
  cpu: number;
  /** The same with the Postgres that it started. */
  cpuWithDatabase: number;
}

export interface Plan {
  rounds: number;
  lasting: number;
  load: { window: number } | { perSecond: number };
  /** Done before each turn of the first contender. */
  before?: () => Promise<void>;
}

interface Crew {
  receivers: Worker<ReceiversCommand, ReceiversReport>[];
  senders: Worker<SendersOrder, SendersReport>;
}

/** Lets the contenders take turns, so that what else the machine does meets them alike. @returns their medians */
export async function alternate(contenders: Contender[], plan: Plan): Promise<Round[]> {
  const crew: Crew = {
    receivers: Array.from({ length: RECEIVING_PROCESSES }, () => startWorker("bench/load/receivers.ts")),
    senders: startWorker("bench/load/senders.ts"),
  };
  const played = contenders.map((): Round[] => []);
  try {
    for (let round = 0; round < plan.rounds; round += 1) {
      await plan.before?.();
      for (const [index, contender] of contenders.entries()) {
        const measured = await playRound(contender, crew, plan);
        played[index]?.push(measured);
        const rate = Math.round(measured.deliveriesPerSecond).toLocaleString("en");
        const times = `p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms`;
        process.stdout.write(`  ${contender.name}: ${rate} deliveries/s, ${times}\n`);
      }
    }
  } finally {
    await Promise.all([...crew.receivers, crew.senders].map((worker) => worker.stop()));
  }
  return played.map(medianRound);
}

function medianRound(rounds: Round[]): Round {
  const of = (figure: keyof Round) => median(rounds.map((round) => round[figure]));
  return {
    deliveriesPerSecond: of("deliveriesPerSecond"),
    p50: of("p50"),
    p99: of("p99"),
    acknowledged: of("acknowledged"),
    cpu: of("cpu"),
    cpuWithDatabase: of("cpuWithDatabase"),
  };
}

async function playRound(contender: Contender, { receivers, senders }: Crew, plan: Plan): Promise<Round> {
  const share = Math.ceil(contender.receivers.length / receivers.length);
  await Promise.all(
    receivers.map((worker, index) =>
      worker.ask({ do: "open", targets: contender.receivers.slice(index * share, (index + 1) * share) }),
    ),
  );
  const load = { ...plan.load, lasting: WARM_UP_MS + plan.lasting };
  await senders.ask({ do: "open", command: { targets: contender.senders, load } });
  const sending = senders.ask({ do: "send" });
  await wait(WARM_UP_MS);
  await Promise.all(receivers.map((worker) => worker.ask({ do: "reset" })));
  const before = await processorTime(contender);
  await wait(plan.lasting);
  const reports = await Promise.all(receivers.map((worker) => worker.ask({ do: "report" })));
  const after = await processorTime(contender);
  const sent = await sending;
  if (sent.refused > 0) throw new Error(`${contender.name}: ${sent.refused} sends failed.`);
  await everythingArrived(contender.name, receivers, sent.acknowledged * contender.receiversOfEach);
  await Promise.all(receivers.map((worker) => worker.ask({ do: "open", targets: [] })));
  return summary(reports, sent, { server: after.server - before.server, tree: after.tree - before.tree });
}

interface ProcessorTime {
  server: number;
  tree: number;
}

async function processorTime({ pids }: Contender): Promise<ProcessorTime> {
  const sum = (seconds: number[]) => seconds.reduce((total, one) => total + one, 0);
  return {
    server: sum(await Promise.all(pids.map(cpuOf))),
    tree: sum(await Promise.all(pids.map(cpuOfTree))),
  };
}

/** A fast answer counts for nothing if a message is missing, or came twice. */
async function everythingArrived(name: string, receivers: Crew["receivers"], expected: number): Promise<void> {
  for (const until = micros() + ARRIVAL_MS * 1_000; ; await wait(50)) {
    const reports = await Promise.all(receivers.map((worker) => worker.ask({ do: "report" })));
    const lost = reports.reduce((sum, report) => sum + report.lost, 0);
    if (lost > 0) throw new Error(`${name}: ${lost} receivers were cut off.`);
    const total = reports.reduce((sum, report) => sum + report.total, 0);
    if (total === expected) return;
    if (micros() > until) throw new Error(`${name}: of ${expected} deliveries ${total} came.`);
  }
}

function summary(reports: ReceiversReport[], sent: SendersReport, used: ProcessorTime): Round {
  const latencies = createHistogram();
  for (const report of reports) latencies.merge(report.latencies);
  const acknowledgements = createHistogram();
  acknowledgements.merge(sent.latencies);
  const rates = reports.map((report) => report.deliveries / (report.micros / 1e6));
  const millions = reports.reduce((sum, report) => sum + report.deliveries, 0) / 1e6;
  return {
    deliveriesPerSecond: rates.reduce((sum, rate) => sum + rate, 0),
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
    acknowledged: acknowledgements.quantile(0.5),
    cpu: used.server / millions,
    cpuWithDatabase: used.tree / millions,
  };
}
