import { z } from "zod";
import { readStanding } from "@/lib/channels/channel.queries";
import { route } from "@/lib/http/route";
import { removePreviews } from "@/lib/messages/message.service";
import { idSchema } from "@/lib/shared/text";

const params = z.object({ channelId: idSchema, messageId: idSchema });

export const DELETE = route({ params }, async ({ viewer, params: { channelId, messageId } }) => {
  const { workspace } = await readStanding(viewer, channelId);
  return { message: await removePreviews(viewer, workspace, { id: messageId, channelId }) };
});
