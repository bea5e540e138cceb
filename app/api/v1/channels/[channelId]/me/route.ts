import { z } from "zod";
import { channelPreferencesSchema } from "@/lib/channels/channel.events";
import { setPreferences } from "@/lib/channels/preferences.service";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/shared/text";

export const PATCH = route(
  { params: z.object({ channelId: idSchema }), body: channelPreferencesSchema },
  async ({ viewer, params, body }) => ({ channel: await setPreferences(viewer, params.channelId, body) }),
);
