import { endOf } from "@/lib/messages/message.store";
import type { Timelines } from "@/lib/messages/timelines.store";
import type { Connection } from "@/lib/realtime/browser/connection";
import { forgetOthers } from "@/lib/realtime/browser/device";
import { type End, KeptRuns } from "@/lib/realtime/browser/kept-runs";

interface Parts {
  connection: Connection;
  timelines: Timelines;
  accountId: string;
}

/** Keeps the ends of a tab's timelines on the device, and begins with what an earlier visit kept there. */
export class KeptTimelines {
  private readonly runs: KeptRuns;

  constructor(private readonly parts: Parts) {
    this.runs = new KeptRuns(parts.connection.scope, (channelId) => this.endOf(channelId));
  }

  /** Notes that somebody looks at the channel. */
  see(channelId: string): void {
    this.runs.see(channelId);
  }

  /** Browser only. The answer ends it. */
  start(): () => void {
    const { runs } = this;
    const { connection, timelines } = this.parts;
    const leave = () => void runs.write();
    const hide = () => {
      if (document.visibilityState === "hidden") leave();
    };
    const stops = [
      timelines.onHeld((channelId) => runs.touch(channelId)),
      connection.onEpoch(() => void runs.clear()),
      connection.state.subscribe(() => {
        if (connection.state.get() !== "refused") return;
        runs.close();
        void runs.clear();
      }),
    ];
    document.addEventListener("visibilitychange", hide);
    window.addEventListener("pagehide", leave);
    for (const channelId of timelines.channelIds()) {
      runs.see(channelId);
      runs.touch(channelId);
    }
    void this.restore();
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener("visibilitychange", hide);
      window.removeEventListener("pagehide", leave);
      void runs.write().then(() => runs.close());
    };
  }

  /** What was kept is drawn as it was; the next `sync` tells what changed since. */
  private async restore(): Promise<void> {
    const { connection, timelines, accountId } = this.parts;
    const epoch = connection.epoch();
    await forgetOthers(accountId);
    const kept = epoch === undefined ? [] : await this.runs.load(epoch);
    if (connection.epoch() !== epoch) return;
    const held: Record<string, number> = {};
    for (const { channelId, messages, hasOlder, cursor } of kept) {
      if (timelines.get(channelId).cursor !== null) continue;
      timelines.dispatch(channelId, { type: "restored", messages, hasOlder, cursor });
      held[channelId] = cursor;
    }
    connection.rewind(held);
  }

  /**
   * The cursor that is kept is that of the changes told, never that of a page: a page of older messages is newer than
   * the run that it is put before.
   */
  private endOf(channelId: string): End | null {
    const { connection, timelines } = this.parts;
    const end = endOf(timelines.get(channelId));
    const cursor = connection.cursorOf(channelId);
    const epoch = connection.epoch();
    return end === null || cursor === undefined || epoch === undefined ? null : { ...end, cursor, epoch };
  }
}
