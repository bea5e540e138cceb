import { z } from "zod";
import { profileOf } from "@/lib/auth/profile.queries";
import { route } from "@/lib/http/route";
import { notFound } from "@/lib/shared/errors";
import { idSchema } from "@/lib/shared/text";
import { changeRole } from "@/lib/workspaces/roles.service";
import { findWorkspace, listMembers } from "@/lib/workspaces/workspace.queries";
import { changeRoleSchema } from "@/lib/workspaces/workspace.schemas";

const params = z.object({ slug: z.string(), accountId: idSchema });

export const GET = route({ params }, async ({ viewer, params: { slug, accountId } }) => {
  const workspace = await findWorkspace(viewer, slug);
  const [member] = workspace === null ? [] : await listMembers(workspace.id, [accountId]);
  if (member === undefined) throw notFound("That member");
  return { member, profile: await profileOf(accountId) };
});

export const PATCH = route({ params, body: changeRoleSchema }, async ({ viewer, params, body }) => {
  const workspace = await findWorkspace(viewer, params.slug);
  if (workspace === null) throw notFound("The workspace");
  return { member: await changeRole(workspace, params.accountId, body.role) };
});
