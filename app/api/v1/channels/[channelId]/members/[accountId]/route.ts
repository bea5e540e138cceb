import { z } from "zod";
import { removeFromChannel } from "@/lib/channels/channel.service";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/shared/text";

export const DELETE = route(
  { params: z.object({ channelId: idSchema, accountId: idSchema }) },
  async ({ viewer, params }) => {
    await removeFromChannel(viewer, params.channelId, params.accountId);
    return undefined;
  },
);
