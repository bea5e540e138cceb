import { z } from "zod";
import { joinChannelSchema } from "@/lib/channels/channel.events";
import { inviteToChannel, joinChannel } from "@/lib/channels/channel.service";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/shared/text";

export const POST = route(
  { params: z.object({ channelId: idSchema }), body: joinChannelSchema },
  async ({ viewer, params, body }) => ({
    channel:
      body.accountIds === undefined
        ? await joinChannel(viewer, params.channelId)
        : await inviteToChannel(viewer, params.channelId, body.accountIds),
  }),
);
