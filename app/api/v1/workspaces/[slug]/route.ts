import { z } from "zod";
import { readShell } from "@/lib/channels/shell.queries";
import { route } from "@/lib/http/route";
import { notFound } from "@/lib/shared/errors";
import { findWorkspace } from "@/lib/workspaces/workspace.queries";
import { changeWorkspaceSchema } from "@/lib/workspaces/workspace.schemas";
import { changeWorkspace } from "@/lib/workspaces/workspace.service";

const params = z.object({ slug: z.string() });

export const GET = route({ params }, async ({ viewer, params: { slug } }) => {
  const shell = await readShell(viewer, slug);
  if (shell === null) throw notFound("The workspace");
  return shell;
});

export const PATCH = route({ params, body: changeWorkspaceSchema }, async ({ viewer, params: { slug }, body }) => {
  const found = await findWorkspace(viewer, slug);
  if (found === null) throw notFound("The workspace");
  await changeWorkspace(found, body);
  const { role: _, ...workspace } = found;
  return { workspace: { ...workspace, ...body } };
});
