import { z } from "zod";
import { route } from "@/lib/http/route";
import { savedPageSchema } from "@/lib/saved/saved.events";
import { readSaved } from "@/lib/saved/saved.queries";
import { notFound } from "@/lib/shared/errors";
import { findWorkspace } from "@/lib/workspaces/workspace.queries";

export const GET = route(
  { params: z.object({ slug: z.string() }), query: savedPageSchema },
  async ({ viewer, params, query }) => {
    const workspace = await findWorkspace(viewer, params.slug);
    if (workspace === null) throw notFound("The workspace");
    return await readSaved(viewer, workspace.id, query);
  },
);
