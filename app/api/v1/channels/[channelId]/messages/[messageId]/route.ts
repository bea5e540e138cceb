import { z } from "zod";
import { readStanding } from "@/lib/channels/channel.queries";
import { route } from "@/lib/http/route";
import { editMessageSchema, MOST_JSON_BYTES } from "@/lib/messages/message.events";
import { deleteMessage, editMessage } from "@/lib/messages/message.service";
import { idSchema } from "@/lib/shared/text";

const params = z.object({ channelId: idSchema, messageId: idSchema });

export const PATCH = route(
  { params, body: editMessageSchema.pick({ body: true }), maxBytes: MOST_JSON_BYTES },
  async ({ viewer, params: { channelId, messageId }, body }) => {
    const { workspace } = await readStanding(viewer, channelId);
    return { message: await editMessage(viewer, workspace, { id: messageId, channelId, ...body }) };
  },
);

export const DELETE = route({ params }, async ({ viewer, params: { channelId, messageId } }) => {
  const { workspace } = await readStanding(viewer, channelId);
  return { message: await deleteMessage(viewer, workspace, { id: messageId, channelId }) };
});
