import type { Recorder } from "@/tests/convergence/run/recorder";

/** Writes down how far a client has followed each channel: where it began, what it took, when it stopped. */
export class Tracks {
  private readonly cursors = new Map<string, number>();
  private everLevel = false;

  constructor(
    private readonly client: string,
    private readonly recorder: Recorder,
  ) {}

  /** A place to follow from. Before the first time that all is level the lowest counts, and later the first. */
  start(ch: string, version: number): void {
    const known = this.cursors.get(ch);
    if (known !== undefined && (this.everLevel || known <= version)) return;
    this.write(ch, "start", version, version);
    this.cursors.set(ch, version);
  }

  level(): void {
    this.everLevel = true;
  }

  take(ch: string, from: number, to: number, reset: boolean): void {
    this.write(ch, reset ? "reset" : "changes", from, to);
    this.cursors.set(ch, to);
  }

  stop(ch: string): void {
    const at = this.cursors.get(ch);
    if (at === undefined) return;
    this.cursors.delete(ch);
    this.write(ch, "stop", at, at);
  }

  stopAll(): void {
    for (const ch of this.following()) this.stop(ch);
  }

  following(): string[] {
    return [...this.cursors.keys()];
  }

  cursor(ch: string): number | null {
    return this.cursors.get(ch) ?? null;
  }

  private write(ch: string, what: "start" | "changes" | "reset" | "stop", from: number, to: number): void {
    this.recorder.write({ kind: "apply", client: this.client, ch, what, from, to });
  }
}
