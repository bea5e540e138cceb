import { readChannelSchema } from "@/lib/channels/channel.events";
import { markRead } from "@/lib/channels/channel.service";
import { handler } from "@/lib/realtime/handle";

export const readHandler = handler("channel:read", readChannelSchema, async ({ id, data }, input) => ({
  readSeq: await markRead(data.viewer, data.workspace, input, id),
}));
