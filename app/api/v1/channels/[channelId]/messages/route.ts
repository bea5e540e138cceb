import { z } from "zod";
import { readStanding } from "@/lib/channels/channel.queries";
import { answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { MOST_JSON_BYTES, pageQuerySchema, sendMessageSchema } from "@/lib/messages/message.events";
import { readPage } from "@/lib/messages/message.queries";
import { sendMessage } from "@/lib/messages/message.service";
import { idSchema } from "@/lib/shared/text";

const params = z.object({ channelId: idSchema });

export const GET = route({ params, query: pageQuerySchema }, async ({ viewer, params, query }) =>
  readPage(viewer, params.channelId, query),
);

export const POST = route(
  { params, body: sendMessageSchema.omit({ channelId: true }), maxBytes: MOST_JSON_BYTES },
  async ({ viewer, params, body }) => {
    const { workspace } = await readStanding(viewer, params.channelId);
    return answer(201, { message: await sendMessage(viewer, workspace, { ...body, channelId: params.channelId }) });
  },
);
