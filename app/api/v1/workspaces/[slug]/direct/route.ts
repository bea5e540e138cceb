import { z } from "zod";
import { directSchema } from "@/lib/channels/channel.events";
import { openDirect } from "@/lib/channels/direct.service";
import { answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { notFound } from "@/lib/shared/errors";
import { findWorkspace } from "@/lib/workspaces/workspace.queries";

export const POST = route(
  { params: z.object({ slug: z.string() }), body: directSchema },
  async ({ viewer, params, body }) => {
    const workspace = await findWorkspace(viewer, params.slug);
    if (workspace === null) throw notFound("The workspace");
    const { channel, created } = await openDirect(viewer, workspace, body.memberIds);
    return answer(created ? 201 : 200, { channel });
  },
);
