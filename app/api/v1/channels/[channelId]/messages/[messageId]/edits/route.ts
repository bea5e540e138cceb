import { z } from "zod";
import { route } from "@/lib/http/route";
import { readEarlierTexts } from "@/lib/messages/edits.queries";
import { idSchema } from "@/lib/shared/text";

const params = z.object({ channelId: idSchema, messageId: idSchema });

export const GET = route({ params }, async ({ viewer, params: { channelId, messageId } }) => ({
  edits: await readEarlierTexts(viewer, channelId, messageId),
}));
