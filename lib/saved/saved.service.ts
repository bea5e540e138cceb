import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import { publishToAccount } from "@/lib/realtime/publish";
import { notFound } from "@/lib/shared/errors";

interface Workspace {
  id: string;
  slug: string;
}

/**
 * Keeps a message for later. Twice is once, as of the first time. Nobody else is told.
 * @throws Refusal `not_found` (or deleted)
 */
export async function saveMessage(
  viewer: Viewer,
  workspace: Workspace,
  { id: messageId, channelId }: { id: string; channelId: string | null },
  socketId?: string,
): Promise<string> {
  const { rows } = await pool().query<{ saved_at: Date }>(
    `INSERT INTO saved_messages (account_id, message_id)
      SELECT cm.account_id, m.id FROM messages m
        JOIN channels c ON c.id = m.channel_id AND c.workspace_id = $3
        JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = $1
        WHERE m.id = $2 AND m.channel_id = coalesce($4, m.channel_id) AND m.deleted_at IS NULL
      ON CONFLICT (account_id, message_id) DO UPDATE SET saved_at = saved_messages.saved_at RETURNING saved_at`,
    [viewer.account.id, messageId, workspace.id, channelId],
  );
  const savedAt = rows[0]?.saved_at.toISOString();
  if (savedAt === undefined) throw notFound("The message");
  publishToAccount(workspace.slug, viewer.account.id, "message:saved", { messageId, savedAt }, socketId);
  return savedAt;
}

/** Keeps it no more. One's own list is always one's own to shorten, whatever may still be read. */
export async function unsaveMessage(
  viewer: Viewer,
  workspace: Workspace,
  messageId: string,
  socketId?: string,
): Promise<void> {
  await pool().query("DELETE FROM saved_messages WHERE account_id = $1 AND message_id = $2", [
    viewer.account.id,
    messageId,
  ]);
  publishToAccount(workspace.slug, viewer.account.id, "message:saved", { messageId, savedAt: null }, socketId);
}
