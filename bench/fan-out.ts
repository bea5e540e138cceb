import { micros } from "@/bench/clock";
import { createHistogram } from "@/bench/histogram";
import type { ReceiversCommand, ReceiversReport } from "@/bench/load/receivers";
import type { SendersCommand, SendersReport } from "@/bench/load/senders";
import { startProgram, startWorker, type Worker } from "@/bench/processes";
import { findGeneral, makeDataFolder, seed, startProduct } from "@/bench/product";
import { atLeast, atMost, median, toKnow, type Verdict } from "@/bench/verdict";

const RECEIVERS = 200;
const RECEIVING_PROCESSES = 2;
const SENDERS = 5;
const WINDOW = 50;
const ROUNDS = 5;
const WARM_UP_MS = 2_000;
const ROUND_MS = 6_000;
/** Messages a second, from all senders together: a lively room of people. */
const CALM_RATE = 25;
const CALM_MS = 6_000;
const ARRIVAL_MS = 10_000;

interface Contender {
  name: string;
  origin: string;
  namespace: string;
  channelId: string;
  tokens: string[];
}

interface Round {
  /** Messages times receivers. */
  deliveriesPerSecond: number;
  p50: number;
  p99: number;
}

/** Durable messages from 5 senders to 200 receivers, against a Socket.IO room that stores nothing. */
export async function fanOut(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  const tokens = await seed(folder.path, { accounts: RECEIVERS + SENDERS, channels: 2, messages: 1_000 });
  const product = await startProduct(folder.path, { RATE_LIMITS: "off" });
  const peer = await startProgram(
    [process.execPath, "--import", "tsx", "bench/peers/bare-room.ts"],
    {},
    /at (http:\S+)/,
  );
  try {
    const { slug, channelId } = await findGeneral(product.said, tokens[0] ?? "");
    const parley = { name: "parley", origin: product.said, namespace: `/w/${slug}`, channelId, tokens };
    const bare = { ...parley, name: "bare room", origin: peer.said, namespace: "" };
    const busy = await alternate([parley, bare], ROUND_MS, { window: WINDOW });
    const calm = await alternate([parley, bare], CALM_MS, { perSecond: CALM_RATE / SENDERS });
    return [...busyVerdicts(busy), ...calmVerdicts(calm)];
  } finally {
    await Promise.all([product.stop(), peer.stop()]);
    await folder.remove();
  }
}

function busyVerdicts([parley, bare]: Round[]): Verdict[] {
  if (parley === undefined || bare === undefined) return [];
  return [
    toKnow("deliveries a second", parley.deliveriesPerSecond),
    toKnow("deliveries a second, bare room", bare.deliveriesPerSecond),
    atLeast("deliveries a second, times the bare room's", parley.deliveriesPerSecond / bare.deliveriesPerSecond, 2.5),
    toKnow("p50 under that load", parley.p50, "ms"),
    toKnow("p50 under that load, bare room", bare.p50, "ms"),
    atMost("p99 under that load, against the bare room's", parley.p99, bare.p99, "ms"),
  ];
}

function calmVerdicts([parley, bare]: Round[]): Verdict[] {
  if (parley === undefined || bare === undefined) return [];
  return [
    toKnow(`p50 at ${CALM_RATE} messages a second`, parley.p50, "ms"),
    toKnow(`p50 at ${CALM_RATE} messages a second, bare room`, bare.p50, "ms"),
    toKnow(`p99 at ${CALM_RATE} messages a second`, parley.p99, "ms"),
    toKnow(`p99 at ${CALM_RATE} messages a second, bare room`, bare.p99, "ms"),
  ];
}

/** Lets the contenders take turns, so that what else the machine does meets them alike. @returns their medians */
async function alternate(contenders: Contender[], lasting: number, load: SendersCommand["load"]): Promise<Round[]> {
  const rounds = contenders.map((): Round[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const measured = await playRound(contender, lasting, load);
      rounds[index]?.push(measured);
      const rate = Math.round(measured.deliveriesPerSecond).toLocaleString("en");
      const times = `p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms`;
      process.stdout.write(`  ${contender.name}: ${rate} deliveries/s, ${times}\n`);
    }
  }
  return rounds.map((played) => ({
    deliveriesPerSecond: median(played.map((round) => round.deliveriesPerSecond)),
    p50: median(played.map((round) => round.p50)),
    p99: median(played.map((round) => round.p99)),
  }));
}

async function playRound(contender: Contender, lasting: number, load: SendersCommand["load"]): Promise<Round> {
  const { origin, namespace, channelId, tokens } = contender;
  const receivers = Array.from({ length: RECEIVING_PROCESSES }, () =>
    startWorker<ReceiversReport>("bench/load/receivers.ts"),
  );
  const senders = startWorker<SendersReport>("bench/load/senders.ts");
  try {
    const share = RECEIVERS / RECEIVING_PROCESSES;
    await Promise.all(
      receivers.map((worker, index) =>
        tell(worker, { do: "open", origin, namespace, tokens: tokens.slice(index * share, (index + 1) * share) }),
      ),
    );
    const command: SendersCommand = {
      origin,
      namespace,
      channelId,
      tokens: tokens.slice(RECEIVERS),
      lasting: WARM_UP_MS + lasting,
      load,
    };
    const sending = senders.ask(command);
    await pause(WARM_UP_MS);
    await Promise.all(receivers.map((worker) => tell(worker, { do: "reset" })));
    await pause(lasting);
    const reports = await Promise.all(receivers.map((worker) => tell(worker, { do: "report" })));
    const sent = await sending;
    if (sent.refused > 0) throw new Error(`${contender.name}: ${sent.refused} sends failed.`);
    await everythingArrived(contender.name, receivers, sent.acknowledged * RECEIVERS);
    return summary(reports);
  } finally {
    await Promise.all([...receivers, senders].map((worker) => worker.stop()));
  }
}

/** A fast answer counts for nothing if a message is missing, or came twice. */
async function everythingArrived(name: string, receivers: Worker<ReceiversReport>[], expected: number): Promise<void> {
  for (const until = micros() + ARRIVAL_MS * 1_000; ; await pause(50)) {
    const reports = await Promise.all(receivers.map((worker) => tell(worker, { do: "report" })));
    const lost = reports.reduce((sum, report) => sum + report.lost, 0);
    if (lost > 0) throw new Error(`${name}: ${lost} receivers were cut off.`);
    const total = reports.reduce((sum, report) => sum + report.total, 0);
    if (total === expected) return;
    if (micros() > until) throw new Error(`${name}: of ${expected} deliveries ${total} came.`);
  }
}

function tell(worker: Worker<ReceiversReport>, command: ReceiversCommand): Promise<ReceiversReport> {
  return worker.ask(command);
}

function summary(reports: ReceiversReport[]): Round {
  const latencies = createHistogram();
  for (const report of reports) latencies.merge(report.latencies);
  const rates = reports.map((report) => report.deliveries / (report.micros / 1e6));
  return {
    deliveriesPerSecond: rates.reduce((sum, rate) => sum + rate, 0),
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
