import { z } from "zod";
import { createChannelSchema } from "@/lib/channels/channel.events";
import { createChannel } from "@/lib/channels/channel.service";
import { answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { notFound } from "@/lib/shared/errors";
import { findWorkspace } from "@/lib/workspaces/workspace.queries";

export const POST = route(
  { params: z.object({ slug: z.string() }), body: createChannelSchema },
  async ({ viewer, params, body }) => {
    const workspace = await findWorkspace(viewer, params.slug);
    if (workspace === null) throw notFound("The workspace");
    return answer(201, { channel: await createChannel(viewer, workspace, body) });
  },
);
