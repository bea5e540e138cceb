import { z } from "zod";
import { readStanding } from "@/lib/channels/channel.queries";
import { route } from "@/lib/http/route";
import { saveMessage, unsaveMessage } from "@/lib/saved/saved.service";
import { idSchema } from "@/lib/shared/text";

const params = z.object({ channelId: idSchema, messageId: idSchema });

export const PUT = route({ params }, async ({ viewer, params: { channelId, messageId } }) => {
  const { workspace } = await readStanding(viewer, channelId);
  return { savedAt: await saveMessage(viewer, workspace, { id: messageId, channelId }) };
});

export const DELETE = route({ params }, async ({ viewer, params: { channelId, messageId } }) => {
  const { workspace } = await readStanding(viewer, channelId);
  await unsaveMessage(viewer, workspace, messageId);
  return { savedAt: null };
});
