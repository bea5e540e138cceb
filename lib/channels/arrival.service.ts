import type { AccountView } from "@/lib/auth/account.events";
import { addMember } from "@/lib/channels/membership.service";
import { pool } from "@/lib/db/database";
import { publishToWorkspace } from "@/lib/realtime/publish";
import { newId } from "@/lib/shared/ids";
import { enterWorkspace, markArrived } from "@/lib/workspaces/workspace.service";

/** The channels that are there from the start, with what they are for. */
const DEFAULT_CHANNELS = [
  { name: "general", topic: "Everybody is here: announcements and everyday talk" },
  { name: "random", topic: "Whatever else is on your mind" },
];

/**
 * Brings an account into the workspace and its default channels, and tells those who are there.
 * Safe to repeat: what an interrupted arrival left undone, the next log-in does.
 */
export async function arrive(account: AccountView, workspaceName?: string): Promise<void> {
  const { id, slug, role, arrived } = await enterWorkspace(account, workspaceName);
  if (arrived) return;
  for (const channelId of await defaultChannels(id)) await addMember({ slug, channelId }, account.id, role);
  await markArrived(id, account.id);
  publishToWorkspace(slug, "member:updated", { account });
}

/** Their ids, oldest first; they are made where the workspace has no channel at all. */
async function defaultChannels(workspaceId: string): Promise<string[]> {
  const read = () =>
    pool().query<{ id: string }>(
      "SELECT id FROM channels WHERE workspace_id = $1 AND is_default AND archived_at IS NULL ORDER BY created_at, id",
      [workspaceId],
    );
  const { rows } = await read();
  if (rows.length > 0) return rows.map(({ id }) => id);
  // In one statement: whoever arrives at the same moment finds all of them or none.
  await pool().query(
    `INSERT INTO channels (id, workspace_id, kind, name, name_key, topic, is_default)
      SELECT made.id, $1, 'public', made.name, made.name, made.topic, true
        FROM unnest($2::uuid[], $3::text[], $4::text[]) AS made (id, name, topic)
      ON CONFLICT (workspace_id, name_key) DO NOTHING`,
    [
      workspaceId,
      DEFAULT_CHANNELS.map(newId),
      DEFAULT_CHANNELS.map(({ name }) => name),
      DEFAULT_CHANNELS.map(({ topic }) => topic),
    ],
  );
  return (await read()).rows.map(({ id }) => id);
}
