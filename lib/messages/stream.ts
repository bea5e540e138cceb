import type { MessagePage, MessageView, PlacedMessage, ThreadPage } from "@/lib/messages/message.events";

/** A channel, or a thread in it: what a timeline shows and a composer writes to. */
export interface Stream {
  channelId: string;
  /** The message that began the thread. */
  threadId: string | null;
}

/** Names a stream among all others. */
export function streamKey({ channelId, threadId }: Stream): string {
  return threadId ?? channelId;
}

/** A message as it stands in its thread: its place is the one there, and the message that began it stands at 0. */
export function inThread(message: MessageView): PlacedMessage {
  return { ...message, seq: message.threadSeq ?? 0 };
}

/** Whether a message has a place in its channel. */
export function isPlaced(message: MessageView): message is PlacedMessage {
  return message.seq !== null;
}

export function isThreadPage(page: MessagePage): page is ThreadPage {
  return "root" in page;
}
