import type { Viewer } from "@/lib/auth/account.events";
import type { ChannelView } from "@/lib/channels/channel.events";
import { readStanding } from "@/lib/channels/channel.queries";
import { enterChannel } from "@/lib/channels/entry.service";
import { pool } from "@/lib/db/database";
import { Refusal } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Role } from "@/lib/workspaces/workspace.events";

/**
 * The one direct channel of the viewer and these people; of nobody else, the viewer's notes. Everybody is let in again
 * where an earlier call was interrupted.
 * @throws Refusal `invalid` naming who is no member of the workspace
 */
export async function openDirect(
  viewer: Viewer,
  workspace: { id: string; slug: string },
  memberIds: string[],
): Promise<{ channel: ChannelView; created: boolean }> {
  const ids = [...new Set([viewer.account.id, ...memberIds])].sort();
  const { rows: people } = await pool().query<{ account_id: string; role: Role }>(
    "SELECT account_id, role FROM members WHERE workspace_id = $1 AND account_id = ANY ($2::uuid[])",
    [workspace.id, ids],
  );
  const roles = new Map(people.map(({ account_id, role }) => [account_id, role]));
  const stranger = memberIds.findIndex((id) => !roles.has(id));
  if (stranger !== -1) {
    throw new Refusal("invalid", "Only members of this workspace can be written to.", {
      errors: [{ path: `memberIds.${stranger}`, message: "is not a member of this workspace" }],
    });
  }
  const key = ids.join(",");
  const { rows: made } = await pool().query<{ id: string }>(
    `INSERT INTO channels (id, workspace_id, kind, name, direct_key) VALUES ($1, $2, 'direct', '', $3)
      ON CONFLICT (workspace_id, direct_key) WHERE direct_key IS NOT NULL DO NOTHING RETURNING id`,
    [newId(), workspace.id, key],
  );
  const { rows: known } = await pool().query<{ id: string }>(
    "SELECT id FROM channels WHERE workspace_id = $1 AND direct_key = $2",
    [workspace.id, key],
  );
  const id = known[0]?.id;
  if (id === undefined) throw new Error("A direct channel vanished between two statements.");
  for (const accountId of ids) {
    await enterChannel(workspace.slug, id, { account: { id: accountId } }, roles.get(accountId) ?? "member");
  }
  return { channel: (await readStanding(viewer, id)).channel, created: made.length > 0 };
}
