import { z } from "zod";
import { unreadChannelSchema } from "@/lib/channels/channel.events";
import { readStanding } from "@/lib/channels/channel.queries";
import { markUnread } from "@/lib/channels/read-marker.service";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/shared/text";

export const POST = route(
  { params: z.object({ channelId: idSchema }), body: unreadChannelSchema.pick({ seq: true }) },
  async ({ viewer, params: { channelId }, body }) => {
    const { workspace } = await readStanding(viewer, channelId);
    return await markUnread(viewer, workspace, { channelId, ...body });
  },
);
