import type { Socket } from "node:net";
import type { Way } from "@/tests/support/frame-faults";
import { type Frame, FrameReader } from "@/tests/support/websocket-frames";

/**
 * What a proxy does to the connections through it. A blackhole keeps them open and passes nothing on; what came
 * meanwhile is passed on when it ends, as TCP would. `reset` and `fin` end a connection and each that comes.
 */
export type Mode =
  | { kind: "pass" }
  | { kind: "delay"; ms: number; jitterMs?: number }
  | { kind: "rate"; bytesPerSecond: number }
  | { kind: "blackhole"; way: Way | "both" }
  | { kind: "cutAfter"; bytes: number; by: "reset" | "fin" }
  | { kind: "reset" }
  | { kind: "fin" };

/** What a lane holds at most before it reads no further, so that a slow reader is felt at the other end. */
const MOST_HELD_BYTES = 64 * 1024;

interface Reports {
  passed: (bytes: number) => void;
  /** The end that this lane reads from reset the connection, and word of it would have got through by now. */
  reset: () => void;
}

interface Parcel {
  bytes: Buffer;
  /** Not before this moment of `performance.now()`. */
  due: number;
}

/** One direction of a connection through the proxy: frame by frame, in order, when the mode lets it pass. */
export class Lane {
  private readonly reader = new FrameReader();
  private readonly parcels: Parcel[] = [];
  private held = 0;
  private ended: "no" | "fin" | "reset" = "no";
  private stopped = false;
  private delivering = false;
  private filters: ((frame: Frame) => Frame[])[] = [];
  private mode: Mode = { kind: "pass" };
  private room = () => Number.POSITIVE_INFINITY;
  /** Ends the wait for a moment or for a mode that lets something pass. */
  private wake: () => void = () => undefined;

  constructor(
    private readonly way: Way,
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly reports: Reports,
  ) {
    from.on("data", (chunk: Buffer) => this.take(chunk));
    from.on("end", () => this.end("fin"));
    from.on("error", () => this.end("reset"));
  }

  shape(mode: Mode, room: () => number): void {
    this.mode = mode;
    this.room = room;
    // What waits for its moment waits no longer than the new mode says.
    if (mode.kind !== "delay") for (const parcel of this.parcels) parcel.due = 0;
    this.wake();
    void this.deliver();
  }

  tamper(filters: ((frame: Frame) => Frame[])[]): void {
    this.filters = filters;
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  private end(by: "fin" | "reset"): void {
    this.ended = by;
    void this.deliver();
  }

  private take(chunk: Buffer): void {
    for (const frame of this.reader.read(chunk)) {
      const frames = this.filters.reduce((kept, filter) => kept.flatMap(filter), [frame]);
      for (const { raw } of frames) {
        this.parcels.push({ bytes: raw, due: this.moment() });
        this.held += raw.length;
      }
    }
    if (this.held > MOST_HELD_BYTES) this.from.pause();
    void this.deliver();
  }

  private moment(): number {
    if (this.mode.kind !== "delay") return 0;
    const { ms, jitterMs = 0 } = this.mode;
    // Bytes of one connection never overtake each other.
    return Math.max(this.parcels.at(-1)?.due ?? 0, performance.now() + ms + Math.random() * jitterMs);
  }

  private async deliver(): Promise<void> {
    if (this.delivering) return;
    this.delivering = true;
    while (!this.stopped) {
      if (this.isBlack()) {
        await this.pause();
        continue;
      }
      const parcel = this.parcels[0];
      if (parcel === undefined) break;
      const early = parcel.due - performance.now();
      if (early > 0) {
        await this.pause(early);
        continue;
      }
      await this.write(parcel);
    }
    this.delivering = false;
    if (this.stopped) return;
    if (this.ended === "fin") this.to.end();
    if (this.ended === "reset") this.reports.reset();
  }

  private async write(parcel: Parcel): Promise<void> {
    const piece = parcel.bytes.subarray(0, Math.min(this.pieceLength(), this.room()));
    parcel.bytes = parcel.bytes.subarray(piece.length);
    if (parcel.bytes.length === 0) this.parcels.shift();
    this.held -= piece.length;
    if (this.held <= MOST_HELD_BYTES) this.from.resume();
    const taken = this.to.write(piece);
    this.reports.passed(piece.length);
    if (!taken) await this.drained();
    if (this.mode.kind === "rate") await this.pause((piece.length / this.mode.bytesPerSecond) * 1_000);
  }

  /** A slow line gives way little by little, about twenty times a second. */
  private pieceLength(): number {
    return this.mode.kind === "rate" ? Math.max(1, Math.ceil(this.mode.bytesPerSecond / 20)) : Number.POSITIVE_INFINITY;
  }

  private isBlack(): boolean {
    return this.mode.kind === "blackhole" && (this.mode.way === "both" || this.mode.way === this.way);
  }

  private pause(ms?: number): Promise<void> {
    return new Promise((go) => {
      const timer = ms === undefined ? undefined : setTimeout(go, ms);
      this.wake = () => {
        clearTimeout(timer);
        go();
      };
    });
  }

  private drained(): Promise<void> {
    return new Promise((go) => {
      this.wake = go;
      this.to.once("drain", go);
      this.to.once("close", go);
    });
  }
}
