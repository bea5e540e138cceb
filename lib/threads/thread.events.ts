import { z } from "zod";
import type { MessageView } from "@/lib/messages/message.events";
import { idSchema } from "@/lib/shared/text";

export interface FollowedThread {
  root: MessageView;
  readSeq: number;
}

/** The threads that somebody follows, the latest reply first; not `whole` where there are more. */
export interface FollowedThreads {
  threads: FollowedThread[];
  whole: boolean;
}

/** How one account stands to a thread, told to its other connections. */
export interface ThreadStanding {
  channelId: string;
  threadId: string;
  following: boolean;
  readSeq: number;
}

export const followThreadSchema = z.strictObject({ channelId: idSchema, threadId: idSchema, following: z.boolean() });

export const readThreadSchema = z.strictObject({
  channelId: idSchema,
  threadId: idSchema,
  seq: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

export const listThreadsSchema = z.strictObject({});
