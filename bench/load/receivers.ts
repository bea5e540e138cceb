import { micros } from "@/bench/clock";
import { createHistogram } from "@/bench/histogram";
import { connectWire, forEachOf, type Wire, type WireTarget } from "@/bench/load/wire";

/**
 * A process of receivers. It counts each message that reaches each of them, and how long that took since it was sent
 * (its body begins with the moment). All receivers of a room get the same bytes, so a frame is read once per process
 * and the other receivers recognise it by its first bytes.
 */
export type ReceiversCommand = { do: "open"; targets: WireTarget[] } | { do: "reset" } | { do: "report" };
export interface ReceiversReport {
  deliveries: number;
  /** Since the last reset. */
  micros: number;
  /** Deliveries since the connections were opened. */
  total: number;
  latencies: number[];
  lost: number;
}

const KEY_BYTES = 160;
const SENT_AT = /"body":"~(\d+) /g;

let wires: Wire[] = [];
let lost = 0;
let deliveries = 0;
let total = 0;
let began = micros();
let latencies = createHistogram();
const seen = new Map<string, number[]>();

function receive(frame: Buffer): void {
  const key = frame.toString("latin1", 0, KEY_BYTES);
  let sent = seen.get(key);
  if (sent === undefined) {
    sent = Array.from(frame.toString("latin1").matchAll(SENT_AT), ([, moment]) => Number(moment));
    seen.set(key, sent);
    if (seen.size > 5_000) for (const old of [...seen.keys()].slice(0, 2_500)) seen.delete(old);
  }
  const now = micros();
  deliveries += sent.length;
  total += sent.length;
  for (const moment of sent) latencies.record(now - moment);
}

async function open(targets: WireTarget[]): Promise<void> {
  for (const wire of wires) wire.close();
  wires = [];
  total = 0;
  lost = 0;
  await forEachOf(targets, async (target) => {
    wires.push(
      await connectWire(target, receive, () => {
        lost += 1;
      }),
    );
  });
}

function reset(): void {
  deliveries = 0;
  latencies = createHistogram();
  began = micros();
}

function report(): ReceiversReport {
  return { deliveries, micros: micros() - began, total, latencies: latencies.counts(), lost };
}

process.on("message", async (command: ReceiversCommand) => {
  if (command.do === "open") await open(command.targets);
  if (command.do === "reset") reset();
  process.send?.(report());
});
