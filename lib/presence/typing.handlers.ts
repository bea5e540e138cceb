import { channelRefSchema } from "@/lib/channels/channel.events";
import { typingSchema } from "@/lib/presence/typing.events";
import { closeChannel, openChannel, sayTyping } from "@/lib/presence/typing.service";
import { handler } from "@/lib/realtime/handle";

export const openHandler = handler("channel:open", channelRefSchema, async (socket, { channelId }) => {
  await openChannel(socket, channelId);
  return {};
});

export const closeHandler = handler("channel:close", channelRefSchema, async (socket, { channelId }) => {
  closeChannel(socket, channelId);
  return {};
});

export const typingHandler = handler("typing", typingSchema, async (socket, input) => {
  await sayTyping(socket, input);
  return {};
});
