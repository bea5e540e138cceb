import { z } from "zod";
import { readStanding } from "@/lib/channels/channel.queries";
import { route } from "@/lib/http/route";
import { idSchema } from "@/lib/shared/text";
import { followThreadSchema, readThreadSchema } from "@/lib/threads/thread.events";
import { followThread, markThreadRead } from "@/lib/threads/thread.service";

const params = z.object({ channelId: idSchema, messageId: idSchema });

export const PUT = route(
  { params, body: followThreadSchema.pick({ following: true }) },
  async ({ viewer, params: { channelId, messageId: threadId }, body }) => {
    const { workspace } = await readStanding(viewer, channelId);
    return { standing: await followThread(viewer, workspace, { channelId, threadId, ...body }) };
  },
);

export const PATCH = route(
  { params, body: readThreadSchema.pick({ seq: true }) },
  async ({ viewer, params: { channelId, messageId: threadId }, body }) => {
    const { workspace } = await readStanding(viewer, channelId);
    return { standing: await markThreadRead(viewer, workspace, { channelId, threadId, ...body }) };
  },
);
