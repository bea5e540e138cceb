import { setPresenceSchema } from "@/lib/presence/presence.events";
import { setActivity } from "@/lib/presence/presence.service";
import { handler } from "@/lib/realtime/handle";

export const setPresenceHandler = handler("presence:set", setPresenceSchema, async (socket, { status }) => {
  setActivity(socket, status);
  return { status };
});
