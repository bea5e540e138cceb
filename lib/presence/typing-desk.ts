import type { MessageView } from "@/lib/messages/message.events";
import { type Stream, streamKey } from "@/lib/messages/stream";
import { OpenChannels } from "@/lib/presence/open-channels";
import {
  NOBODY_TYPES,
  nextToPass,
  type TypingFact,
  type TypingState,
  typingReducer,
} from "@/lib/presence/typing.store";
import type { Connection } from "@/lib/realtime/browser/connection";
import { createStore } from "@/lib/shared/store";

const SAID_EVERY_MS = 3_000;

/** Who is writing, kept true, and the way to say that one writes oneself. */
export class TypingDesk {
  readonly store = createStore<TypingState, TypingFact>(typingReducer, NOBODY_TYPES);
  readonly channels: OpenChannels;
  private readonly saidAt = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly viewerId: string,
  ) {
    this.channels = new OpenChannels(connection);
  }

  start(): () => void {
    const { connection, store } = this;
    const stops = [
      this.channels.start(),
      connection.on("typing", ({ channelId, threadId = null, accountId }) => {
        store.tell({ type: "typing", stream: { channelId, threadId }, accountId, now: performance.now() });
        this.awaitNext();
      }),
      connection.onChanges(({ messages }) => {
        for (const message of messages) if (isNew(message)) this.takeMessage(message);
      }),
      connection.state.subscribe(() => {
        if (connection.state.get() !== "online") store.tell({ type: "lost" });
      }),
      () => clearTimeout(this.timer),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  note = (stream: Stream): void => {
    const key = streamKey(stream);
    const now = performance.now();
    if (
      this.connection.state.get() !== "online" ||
      now - (this.saidAt.get(key) ?? Number.NEGATIVE_INFINITY) < SAID_EVERY_MS
    )
      return;
    this.saidAt.set(key, now);
    const { channelId, threadId } = stream;
    // Told at best: whoever writes on says it again.
    this.connection.ask("typing", { channelId, ...(threadId !== null && { threadId }) }).catch(() => undefined);
  };

  private takeMessage({ channelId, threadId, authorId }: MessageView): void {
    const stream = { channelId, threadId };
    // The next sign takes the place of the one that this message ended.
    if (authorId === this.viewerId) this.saidAt.delete(streamKey(stream));
    else this.store.tell({ type: "wrote", stream, accountId: authorId });
  }

  private awaitNext(): void {
    clearTimeout(this.timer);
    const end = nextToPass(this.store.get());
    if (end === null) return;
    this.timer = setTimeout(() => {
      this.store.tell({ type: "passed", now: performance.now() });
      this.awaitNext();
    }, end - performance.now());
  }
}

/** What changes later in a message says nothing of its author. */
function isNew({ editedAt, deletedAt, reactions, replyCount }: MessageView): boolean {
  return editedAt === null && deletedAt === null && reactions.length === 0 && replyCount === 0;
}
