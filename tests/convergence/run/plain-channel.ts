import type { MessageView, PlacedMessage } from "@/lib/messages/message.events";
import { isPlaced } from "@/lib/messages/stream";

/** What a hand-written client holds of one channel: a run of messages up to the newest, and the version it stands at. */
export class PlainChannel {
  /** Set once a page was read; before that, changes are gathered. */
  opened = false;
  private readonly messages = new Map<number, PlacedMessage>();
  private first = 1;

  constructor(public cursor: number) {}

  /** Takes messages over; of each the higher version stays. */
  put(messages: readonly MessageView[]): void {
    for (const message of messages.filter(isPlaced)) {
      if (message.version > (this.messages.get(message.seq)?.version ?? 0)) this.messages.set(message.seq, message);
    }
  }

  /** Takes the newest page, which says where the run begins. */
  open(page: readonly MessageView[]): void {
    this.first = page.find(isPlaced)?.seq ?? 1;
    this.opened = true;
    this.put(page);
  }

  /** Begins anew from a newest page: too much had changed. */
  reset(page: readonly MessageView[], version: number): void {
    this.messages.clear();
    this.open(page);
    this.cursor = version;
  }

  run(): PlacedMessage[] {
    return [...this.messages.values()].filter(({ seq }) => seq >= this.first).toSorted((a, b) => a.seq - b.seq);
  }
}
