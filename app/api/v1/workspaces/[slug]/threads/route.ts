import { z } from "zod";
import { route } from "@/lib/http/route";
import { notFound } from "@/lib/shared/errors";
import { listFollowedThreads } from "@/lib/threads/thread.queries";
import { findWorkspace } from "@/lib/workspaces/workspace.queries";

const params = z.object({ slug: z.string() });

export const GET = route({ params }, async ({ viewer, params }) => {
  const workspace = await findWorkspace(viewer, params.slug);
  if (workspace === null) throw notFound("The workspace");
  return listFollowedThreads(viewer, workspace.id);
});
