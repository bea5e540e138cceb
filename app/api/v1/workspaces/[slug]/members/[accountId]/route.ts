import { z } from "zod";
import { route } from "@/lib/http/route";
import { notFound } from "@/lib/shared/errors";
import { idSchema } from "@/lib/shared/text";
import { changeRole } from "@/lib/workspaces/roles.service";
import { findWorkspace } from "@/lib/workspaces/workspace.queries";
import { changeRoleSchema } from "@/lib/workspaces/workspace.schemas";

export const PATCH = route(
  { params: z.object({ slug: z.string(), accountId: idSchema }), body: changeRoleSchema },
  async ({ viewer, params, body }) => {
    const workspace = await findWorkspace(viewer, params.slug);
    if (workspace === null) throw notFound("The workspace");
    return { member: await changeRole(workspace, params.accountId, body.role) };
  },
);
