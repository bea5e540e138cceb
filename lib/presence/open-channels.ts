import type { Connection } from "@/lib/realtime/browser/connection";

/** Tells the server which channels are on the screen: who is writing is told for these alone. */
export class OpenChannels {
  /** By how many parts of the screen each is shown. */
  private readonly shown = new Map<string, number>();

  constructor(private readonly connection: Connection) {}

  /** @returns stops telling */
  start(): () => void {
    const stops = [
      // A new connection knows nothing of the one before it.
      this.connection.state.subscribe(() => {
        for (const channelId of this.shown.keys()) this.tell("channel:open", channelId);
      }),
      this.connection.on("channel:joined", ({ channel }) => {
        if (this.shown.has(channel.id)) this.tell("channel:open", channel.id);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** @returns closes it again */
  open(channelId: string): () => void {
    const count = this.shown.get(channelId) ?? 0;
    this.shown.set(channelId, count + 1);
    if (count === 0) this.tell("channel:open", channelId);
    return () => {
      const left = (this.shown.get(channelId) ?? 1) - 1;
      if (left > 0) return void this.shown.set(channelId, left);
      this.shown.delete(channelId);
      this.tell("channel:close", channelId);
    };
  }

  private tell(event: "channel:open" | "channel:close", channelId: string): void {
    if (this.connection.state.get() !== "online") return;
    // Nothing is lost with it but a line of text, and the next connection says it again.
    this.connection.ask(event, { channelId }).catch(() => undefined);
  }
}
