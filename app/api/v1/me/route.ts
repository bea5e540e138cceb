import { changeDisplayName } from "@/lib/auth/account.service";
import { profileOf } from "@/lib/auth/profile.queries";
import { changeMeSchema } from "@/lib/auth/profile.schemas";
import { changeProfile } from "@/lib/auth/profile.service";
import { route } from "@/lib/http/route";
import { publishToWorkspace } from "@/lib/realtime/publish";
import { workspacesOf } from "@/lib/workspaces/workspace.queries";

export const GET = route({}, async ({ viewer }) => ({
  account: viewer.account,
  workspaces: (await workspacesOf(viewer.account.id)).map(({ id, slug, name, role }) => ({ id, slug, name, role })),
}));

export const PATCH = route({ body: changeMeSchema }, async ({ viewer, body: { displayName, ...profile } }) => {
  const { id } = viewer.account;
  // First, because it alone can be refused: then nothing is changed.
  const account = displayName === undefined ? viewer.account : await changeDisplayName(id, displayName);
  await changeProfile(id, profile);
  if (displayName !== undefined)
    for (const { slug } of await workspacesOf(id)) publishToWorkspace(slug, "member:updated", { account });
  return { account, profile: await profileOf(id) };
});
