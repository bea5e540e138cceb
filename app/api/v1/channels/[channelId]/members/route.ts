import { z } from "zod";
import { joinChannelSchema } from "@/lib/channels/channel.events";
import { listChannelMembers } from "@/lib/channels/channel.queries";
import { inviteToChannel, joinChannel } from "@/lib/channels/channel.service";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/shared/text";

export const GET = route({ params: z.object({ channelId: idSchema }) }, async ({ viewer, params }) => ({
  memberIds: await listChannelMembers(viewer, params.channelId),
}));

export const POST = route(
  { params: z.object({ channelId: idSchema }), body: joinChannelSchema },
  async ({ viewer, params, body }) => ({
    channel:
      body.accountIds === undefined
        ? await joinChannel(viewer, params.channelId)
        : await inviteToChannel(viewer, params.channelId, body.accountIds),
  }),
);
