import type { Viewer } from "@/lib/auth/account.events";
import { listVisibleChannels } from "@/lib/channels/channel.queries";
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

/** Where a viewer lands: the path of the first default channel of the first workspace, else of any channel; null without one. */
export async function homeOf(viewer: Viewer): Promise<string | null> {
  const { rows } = await pool().query<{ slug: string; name: string }>(
    `SELECT w.slug, c.name FROM channel_members cm
      JOIN channels c ON c.id = cm.channel_id JOIN workspaces w ON w.id = c.workspace_id
      WHERE cm.account_id = $1 ORDER BY w.created_at, c.is_default DESC, c.created_at, c.id LIMIT 1`,
    [viewer.account.id],
  );
  const home = rows[0];
  return home === undefined ? null : `/${home.slug}/${encodeURIComponent(home.name)}`;
}
