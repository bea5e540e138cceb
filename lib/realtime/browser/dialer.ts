import { backoff, spread } from "@/lib/realtime/browser/backoff";
import type { Wire } from "@/lib/realtime/browser/wire";

/** Decides when a lost line is tried again. */
export class Dialer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private asked: number | null = null;
  /** The server said when to come back, and that moment is still to come. */
  private sentAway = false;

  constructor(private readonly wire: () => Wire | null) {}

  /** The server closes, and asks to be left alone for that long. */
  leaveAlone(ms: number): void {
    this.asked = ms;
  }

  /** The line was lost, or could not be had: tries again when its time has come. */
  later(): void {
    clearTimeout(this.timer);
    const delay = this.asked === null ? backoff(this.attempt) : spread(this.asked);
    this.sentAway = this.asked !== null;
    this.asked = null;
    this.attempt += 1;
    this.timer = setTimeout(() => {
      this.sentAway = false;
      this.wire()?.connect();
    }, delay);
  }

  /** Ends the wait for the next try, and a try that is under way: it may hang on a network that is gone. */
  now(): void {
    const wire = this.wire();
    if (wire === null || wire.connected || this.sentAway) return;
    clearTimeout(this.timer);
    wire.disconnect();
    wire.connect();
  }

  hangUp(): void {
    const wire = this.wire();
    if (wire?.connected === true) wire.disconnect();
  }

  /** The line stands: the next loss begins with the shortest wait. */
  welcomed(): void {
    this.attempt = 0;
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
