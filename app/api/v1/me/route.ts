import { changeMeSchema } from "@/lib/auth/account.schemas";
import { changeDisplayName } from "@/lib/auth/account.service";
import { route } from "@/lib/http/route";
import { publishToWorkspace } from "@/lib/realtime/publish";
import { workspacesOf } from "@/lib/workspaces/workspace.queries";

export const GET = route({}, async ({ viewer }) => ({
  account: viewer.account,
  workspaces: (await workspacesOf(viewer.account.id)).map(({ id, slug, name, role }) => ({ id, slug, name, role })),
}));

export const PATCH = route({ body: changeMeSchema }, async ({ viewer, body }) => {
  const account = await changeDisplayName(viewer.account.id, body.displayName);
  for (const { slug } of await workspacesOf(account.id)) publishToWorkspace(slug, "member:updated", { account });
  return { account };
});
