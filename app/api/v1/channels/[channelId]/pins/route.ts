import { z } from "zod";
import { route } from "@/lib/http/route";
import { readPins } from "@/lib/messages/pins.queries";
import { idSchema } from "@/lib/shared/text";

export const GET = route({ params: z.object({ channelId: idSchema }) }, async ({ viewer, params }) => ({
  messages: await readPins(viewer, params.channelId),
}));
