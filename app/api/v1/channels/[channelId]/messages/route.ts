import { z } from "zod";
import { readStanding } from "@/lib/channels/channel.queries";
import { answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { MOST_JSON_BYTES, pageSchema, sendMessageSchema } from "@/lib/messages/message.events";
import { readPage } from "@/lib/messages/message.queries";
import { sendMessage } from "@/lib/messages/message.service";
import { idSchema } from "@/lib/shared/text";

const params = z.object({ channelId: idSchema });

/** Query values are texts. */
const number = z.string().regex(/^\d+$/, "must be a whole number").transform(Number);
const query = z
  .strictObject({
    limit: number.optional(),
    before: number.optional(),
    after: number.optional(),
    around: number.optional(),
  })
  .pipe(pageSchema);

export const GET = route({ params, query }, async ({ viewer, params, query }) =>
  readPage(viewer, params.channelId, query),
);

export const POST = route(
  { params, body: sendMessageSchema.omit({ channelId: true }), maxBytes: MOST_JSON_BYTES },
  async ({ viewer, params, body }) => {
    const { workspace } = await readStanding(viewer, params.channelId);
    return answer(201, { message: await sendMessage(viewer, workspace, { ...body, channelId: params.channelId }) });
  },
);
