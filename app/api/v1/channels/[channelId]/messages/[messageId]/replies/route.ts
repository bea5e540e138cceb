import { z } from "zod";
import { route } from "@/lib/http/route";
import { pageQuerySchema } from "@/lib/messages/message.events";
import { idSchema } from "@/lib/shared/text";
import { readReplies } from "@/lib/threads/thread.queries";

const params = z.object({ channelId: idSchema, messageId: idSchema });

export const GET = route(
  { params, query: pageQuerySchema },
  async ({ viewer, params: { channelId, messageId }, query }) =>
    readReplies(viewer, { channelId, threadId: messageId }, query),
);
