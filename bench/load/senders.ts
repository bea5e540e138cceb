import { setTimeout as wait } from "node:timers/promises";
import { v7 } from "uuid";
import { micros } from "@/bench/clock";
import { createHistogram } from "@/bench/histogram";
import { connectWire } from "@/bench/load/wire";

/** A process of senders. Each keeps `window` sends in flight, or they share a steady rate and take turns. */
export interface SendersCommand {
  origin: string;
  namespace: string;
  tokens: string[];
  channelId: string;
  /** For how long, in milliseconds. */
  lasting: number;
  load: { window: number } | { perSecond: number };
}
export interface SendersReport {
  acknowledged: number;
  refused: number;
  latencies: number[];
}

const TEXT = "Shall we walk to the market at noon? There is a new stall with bread, and the weather holds.";
const ACK_ID = /^43(?:\/[^,]*,)?(\d+)\[\{"ok":(true|false)/;

async function send(command: SendersCommand, turn: number, report: Counting): Promise<void> {
  const { origin, namespace, tokens, channelId, lasting, load } = command;
  const token = tokens[turn] ?? "";
  const sentAt = new Map<number, number>();
  let next = 0;
  let over = false;
  const emitOne = () => {
    const now = micros();
    next += 1;
    sentAt.set(next, now);
    wire?.emit(next, "message:send", { id: v7(), channelId, body: `@${now} ${TEXT}` });
  };
  let wire: Awaited<ReturnType<typeof connectWire>> | null = null;
  const listen = (frame: Buffer) => {
    const match = frame[1] === 0x33 ? ACK_ID.exec(frame.toString("latin1", 0, 120)) : null;
    if (match === null) return;
    const id = Number(match[1]);
    if (match[2] === "true") report.acknowledged += 1;
    else report.refused += 1;
    report.latencies.record(micros() - (sentAt.get(id) ?? 0));
    sentAt.delete(id);
    if ("window" in load && !over) emitOne();
  };
  wire = await connectWire({ origin, namespace, token }, listen, () => {
    report.refused += 1;
  });
  if ("window" in load) {
    for (let sent = 0; sent < load.window; sent += 1) emitOne();
    await wait(lasting);
  } else {
    await wait((1_000 / load.perSecond) * (turn / tokens.length));
    for (const until = micros() + lasting * 1_000; micros() < until; ) {
      emitOne();
      await wait(1_000 / load.perSecond);
    }
  }
  over = true;
  while (sentAt.size > 0) await wait(5);
  wire.close();
}

interface Counting {
  acknowledged: number;
  refused: number;
  latencies: ReturnType<typeof createHistogram>;
}

process.on("message", async (command: SendersCommand) => {
  const report: Counting = { acknowledged: 0, refused: 0, latencies: createHistogram() };
  await Promise.all(command.tokens.map((_, turn) => send(command, turn, report)));
  process.send?.({ ...report, latencies: report.latencies.counts() } satisfies SendersReport);
});
