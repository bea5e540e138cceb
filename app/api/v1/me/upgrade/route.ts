import { upgradeSchema } from "@/lib/auth/account.schemas";
import { upgradeGuest } from "@/lib/auth/account.service";
import { route } from "@/lib/http/route";
import { publishToWorkspace } from "@/lib/realtime/publish";
import { promoteGuest } from "@/lib/workspaces/workspace.service";

/** A guest chooses a username and a password, and keeps the account with all that belongs to it. */
export const POST = route({ body: upgradeSchema }, async ({ viewer, body }) => {
  const account = await upgradeGuest(viewer.account, body);
  for (const { slug } of await promoteGuest(account.id)) publishToWorkspace(slug, "member:updated", { account });
  return { account };
});
