import { z } from "zod";
import { changeChannelSchema } from "@/lib/channels/channel.events";
import { changeChannel } from "@/lib/channels/channel.service";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/shared/text";

export const PATCH = route(
  { params: z.object({ channelId: idSchema }), body: changeChannelSchema },
  async ({ viewer, params, body }) => ({ channel: await changeChannel(viewer, params.channelId, body) }),
);
