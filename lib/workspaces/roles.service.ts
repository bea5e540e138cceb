import { transaction } from "@/lib/db/database";
import { publishToWorkspace } from "@/lib/realtime/publish";
import { notFound, Refusal } from "@/lib/shared/errors";
import type { MemberView, Role } from "@/lib/workspaces/workspace.events";
import { checkMayChangeRole } from "@/lib/workspaces/workspace.policy";
import { listMembers } from "@/lib/workspaces/workspace.queries";

/**
 * Gives a member of the workspace another role, and tells everybody.
 * @param workspace with the role of whoever asks
 * @throws Refusal `not_found`, `forbidden`, `conflict` where nobody would own the workspace any more
 */
export async function changeRole(
  workspace: { id: string; slug: string; role: Role },
  accountId: string,
  role: Exclude<Role, "guest">,
): Promise<MemberView> {
  await transaction(async (client) => {
    // All owners are held, so that two of them cannot step down at once.
    const { rows } = await client.query<{ account_id: string; role: Role }>(
      `SELECT account_id, role FROM members WHERE workspace_id = $1 AND (account_id = $2 OR role = 'owner')
        ORDER BY account_id FOR UPDATE`,
      [workspace.id, accountId],
    );
    const target = rows.find((member) => member.account_id === accountId);
    if (target === undefined) throw notFound("That member");
    checkMayChangeRole(workspace.role, target.role, role);
    const owners = rows.filter((member) => member.role === "owner");
    if (target.role === "owner" && role !== "owner" && owners.length === 1)
      throw new Refusal("conflict", "Somebody has to own the workspace. Make another owner first.");
    await client.query("UPDATE members SET role = $3::role WHERE workspace_id = $1 AND account_id = $2", [
      workspace.id,
      accountId,
      role,
    ]);
  });
  const [member] = await listMembers(workspace.id, [accountId]);
  if (member === undefined) throw notFound("That member");
  const { role: now, ...account } = member;
  publishToWorkspace(workspace.slug, "member:updated", { account, role: now });
  return member;
}
