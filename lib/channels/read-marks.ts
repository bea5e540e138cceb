import type { Connection } from "@/lib/realtime/browser/connection";

/**
 * Tells the server how far one has read. One report per channel is under way at a time and the next one carries
 * only the newest place, so that scrolling fast costs a few packets; what could not be told is told on return.
 */
export class ReadMarks {
  private readonly due = new Map<string, number>();
  private readonly underWay = new Set<string>();
  private readonly watches = new Set<Set<string>>();

  /** @param onAnswer hears what the server says of each channel that it was told of */
  constructor(
    private readonly connection: Pick<Connection, "ask">,
    private readonly onAnswer: (read: { channelId: string; readSeq: number; mentionCount: number }) => void = () =>
      undefined,
  ) {}

  mark(channelId: string, seq: number): void {
    if (seq <= (this.due.get(channelId) ?? 0)) return;
    this.due.set(channelId, seq);
    this.note(channelId);
    void this.tell(channelId);
  }

  /** One has read on in a channel, here or elsewhere. */
  note(channelId: string): void {
    for (const marked of this.watches) marked.add(channelId);
  }

  /**
   * Notes from now on in which channels one reads on. What the server says meanwhile of any other is the truth, also
   * where it goes back. @returns ends it: the channels
   */
  watch(): () => ReadonlySet<string> {
    const marked = new Set(this.due.keys());
    this.watches.add(marked);
    return () => {
      this.watches.delete(marked);
      return marked;
    };
  }

  /** Tells all that is still due: call it when the connection is back. */
  tellAll(): void {
    for (const channelId of this.due.keys()) void this.tell(channelId);
  }

  private async tell(channelId: string): Promise<void> {
    const seq = this.due.get(channelId);
    if (seq === undefined || this.underWay.has(channelId)) return;
    this.underWay.add(channelId);
    const told = await this.connection.ask("channel:read", { channelId, seq }).then(
      ({ readSeq, mentionCount }) => {
        this.onAnswer({ channelId, readSeq, mentionCount });
        return true;
      },
      () => false,
    );
    this.underWay.delete(channelId);
    if (!told) return;
    if (this.due.get(channelId) === seq) this.due.delete(channelId);
    else void this.tell(channelId);
  }
}
