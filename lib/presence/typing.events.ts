import { z } from "zod";
import { idSchema } from "@/lib/shared/text";

/** Somebody writes to a channel, or to a thread of it. */
export interface Typing {
  channelId: string;
  threadId?: string;
  accountId: string;
}

export const typingSchema = z.strictObject({ channelId: idSchema, threadId: idSchema.optional() });
