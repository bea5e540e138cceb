import type { Viewer } from "@/lib/auth/account.events";
import { listVisibleChannels } from "@/lib/channels/channel.queries";
import { channelPath } from "@/lib/channels/channel-path";
import type { WorkspaceShell } from "@/lib/channels/shell.events";
import { pool } from "@/lib/db/database";
import { findWorkspace, listMembers } from "@/lib/workspaces/workspace.queries";

/**
 * All that a client needs to draw a workspace, or null where the viewer is not a member of it.
 * @param only the accounts wanted in `members`; without it, everybody
 */
export async function readShell(viewer: Viewer, slug: string, only?: string[]): Promise<WorkspaceShell | null> {
  const found = await findWorkspace(viewer, slug);
  if (found === null) return null;
  const { role, ...workspace } = found;
  const [channels, members] = await Promise.all([
    listVisibleChannels(viewer, workspace.id),
    listMembers(workspace.id, only),
  ]);
  return { workspace, channels, members, me: { ...viewer.account, role } };
}

/**
 * Where a viewer lands, in the workspace `slug` or else in the oldest: the path of a channel of their own, default ones
 * first, and of a public one that they could join where they are in none. Null for who is in no workspace.
 */
export async function homeOf(viewer: Viewer, slug?: string): Promise<string | null> {
  const { rows } = await pool().query<{ slug: string; id: string; name: string }>(
    `SELECT w.slug, c.id, c.name FROM members m
      JOIN workspaces w ON w.id = m.workspace_id JOIN channels c ON c.workspace_id = w.id
      LEFT JOIN channel_members cm ON cm.channel_id = c.id AND cm.account_id = m.account_id
      WHERE m.account_id = $1 AND w.slug = coalesce($2, w.slug) AND c.kind <> 'direct'
        AND (cm.account_id IS NOT NULL OR (c.kind = 'public' AND c.archived_at IS NULL))
      ORDER BY w.created_at, w.id, cm.account_id IS NULL, c.archived_at IS NOT NULL, c.is_default DESC, c.created_at, c.id
      LIMIT 1`,
    [viewer.account.id, slug ?? null],
  );
  const home = rows[0];
  return home === undefined ? null : channelPath(home.slug, home);
}
