import { setTimeout as wait } from "node:timers/promises";
import { v7 } from "uuid";
import { micros } from "@/bench/clock";
import { createHistogram, type Histogram } from "@/bench/histogram";
import { connectWire, forEachOf, type Wire, type WireTarget } from "@/bench/load/wire";

/**
 * A process of senders: each says everything in the first of its rooms. For `lasting` milliseconds each keeps `window`
 * sends in flight, or they share a steady rate and take turns; or each sends `count` at once.
 */
export interface SendersCommand {
  targets: WireTarget[];
  load: { window: number; lasting: number } | { perSecond: number; lasting: number } | { count: number };
}
/** `open` makes the connections, `send` uses them up. */
export type SendersOrder = { do: "open"; command: SendersCommand } | { do: "send" };
export interface SendersReport {
  acknowledged: number;
  refused: number;
  latencies: number[];
}

const TEXT = "Shall we walk to the market at noon? There is a new stall with bread, and the weather holds.";
const ACK_ID = /^43(?:\/[^,]*,)?(\d+)\[\{"ok":(true|false)/;

interface Sender {
  send(): void;
  unanswered(): number;
  /** Told of each acknowledgement. */
  answered: () => void;
  wire: Wire;
}

interface Counting {
  acknowledged: number;
  refused: number;
  latencies: Histogram;
}

async function connectSender(target: WireTarget, report: Counting): Promise<Sender> {
  const channelId = target.rooms[0] ?? "";
  const sentAt = new Map<number, number>();
  let next = 0;
  const listen = (frame: Buffer) => {
    const match = frame[1] === 0x33 ? ACK_ID.exec(frame.toString("latin1", 0, 120)) : null;
    if (match === null) return;
    const id = Number(match[1]);
    if (match[2] === "true") report.acknowledged += 1;
    else report.refused += 1;
    report.latencies.record(micros() - (sentAt.get(id) ?? 0));
    sentAt.delete(id);
    sender.answered();
  };
  const wire = await connectWire(target, listen, () => {
    report.refused += 1;
  });
  const sender: Sender = {
    wire,
    answered: () => undefined,
    unanswered: () => sentAt.size,
    send() {
      const now = micros();
      next += 1;
      sentAt.set(next, now);
      wire.emit(next, "message:send", { id: v7(), channelId, body: `~${now} ${TEXT}` });
    },
  };
  return sender;
}

async function sendFor(sender: Sender, turn: number, { load, targets }: SendersCommand): Promise<void> {
  if ("count" in load) {
    for (let sent = 0; sent < load.count; sent += 1) sender.send();
  } else if ("window" in load) {
    sender.answered = sender.send;
    for (let sent = 0; sent < load.window; sent += 1) sender.send();
    await wait(load.lasting);
    sender.answered = () => undefined;
  } else {
    await wait((1_000 / load.perSecond) * (turn / targets.length));
    for (const until = micros() + load.lasting * 1_000; micros() < until; ) {
      sender.send();
      await wait(1_000 / load.perSecond);
    }
  }
  while (sender.unanswered() > 0) await wait(5);
  sender.wire.close();
}

let opened: { command: SendersCommand; senders: Sender[]; report: Counting } | null = null;

async function obey(order: SendersOrder): Promise<SendersReport> {
  if (order.do === "open") {
    const report: Counting = { acknowledged: 0, refused: 0, latencies: createHistogram() };
    const senders: Sender[] = [];
    await forEachOf(order.command.targets, async (target) => {
      senders.push(await connectSender(target, report));
    });
    opened = { command: order.command, senders, report };
  }
  if (opened === null) throw new Error("Nobody is connected to send.");
  const { command, senders, report } = opened;
  if (order.do === "send") await Promise.all(senders.map((sender, turn) => sendFor(sender, turn, command)));
  return { ...report, latencies: report.latencies.counts() };
}

process.on("message", async (order: SendersOrder) => process.send?.(await obey(order)));
