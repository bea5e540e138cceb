import { readChannelSchema, unreadChannelSchema } from "@/lib/channels/channel.events";
import { markRead, markUnread } from "@/lib/channels/read-marker.service";
import { handler } from "@/lib/realtime/handle";

export const readHandler = handler("channel:read", readChannelSchema, ({ id, data }, input) =>
  markRead(data.viewer, data.workspace, input, id),
);

export const unreadHandler = handler("channel:unread", unreadChannelSchema, ({ id, data }, input) =>
  markUnread(data.viewer, data.workspace, input, id),
);
