import { micros } from "@/bench/clock";
import { connectWire, forEachOf, type Wire, type WireTarget } from "@/bench/load/wire";

/**
 * A process of clients that were cut off and all come back at the same moment. With cursors each asks for what it
 * missed as soon as it is let in; without, it is back when it was greeted.
 */
export type ReturnersCommand =
  | { do: "connect"; targets: WireTarget[] }
  | { do: "drop" }
  | { do: "return"; cursors: Record<string, number> | null };
export interface ReturnersReport {
  /** When the last of them had everything. */
  endedAt: number;
  /** Messages that all of them caught up with. */
  messages: number;
}

const SYNC = 1;

let targets: WireTarget[] = [];
let wires: Wire[] = [];

async function comeBack(target: WireTarget, cursors: Record<string, number> | null): Promise<Buffer> {
  return await new Promise<Buffer>((back, lost) => {
    const listen = (frame: Buffer) => {
      const isAnswer = frame[1] === 0x33;
      if (cursors === null ? !isAnswer : isAnswer) back(frame);
    };
    connectWire(target, listen, () => lost(new Error("A connection was cut off."))).then((wire) => {
      wires.push(wire);
      if (cursors !== null) wire.emit(SYNC, "sync", { cursors });
    }, lost);
  });
}

async function obey(command: ReturnersCommand): Promise<ReturnersReport> {
  let messages = 0;
  let endedAt = micros();
  if (command.do === "connect") {
    targets = command.targets;
    await forEachOf(targets, async (target) => {
      await comeBack(target, null);
    });
  }
  if (command.do === "drop") {
    for (const wire of wires) wire.close();
    wires = [];
  }
  if (command.do === "return") {
    const answers = await Promise.all(targets.map((target) => comeBack(target, command.cursors)));
    endedAt = micros();
    // Counted when the clock has stopped.
    for (const answer of answers) messages += answer.toString("latin1").match(/"seq":/g)?.length ?? 0;
  }
  return { endedAt, messages };
}

process.on("message", async (command: ReturnersCommand) => process.send?.(await obey(command)));
