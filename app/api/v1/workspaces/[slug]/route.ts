import { z } from "zod";
import { readShell } from "@/lib/channels/shell.queries";
import { route } from "@/lib/http/route";
import { notFound } from "@/lib/shared/errors";

export const GET = route({ params: z.object({ slug: z.string() }) }, async ({ viewer, params }) => {
  const shell = await readShell(viewer, params.slug);
  if (shell === null) throw notFound("The workspace");
  return shell;
});
