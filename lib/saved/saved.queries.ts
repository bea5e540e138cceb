import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";
import type { SavedPage, SavedRange } from "@/lib/saved/saved.events";

/** What the viewer saved in a workspace and may still read, the latest first. Keyset on (saved_at, message_id). */
export async function readSaved(
  viewer: Viewer,
  workspaceId: string,
  { limit, cursor }: SavedRange,
): Promise<SavedPage> {
  const { rows } = await pool().query<MessageRow & { saved_at: Date }>(
    `SELECT ${MESSAGE_COLUMNS}, s.saved_at FROM saved_messages s
      JOIN messages m ON m.id = s.message_id AND m.deleted_at IS NULL
      JOIN channels c ON c.id = m.channel_id AND c.workspace_id = $2
      JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = s.account_id
      WHERE s.account_id = $1
        AND ($4::timestamptz IS NULL OR (s.saved_at, s.message_id) < ($4::timestamptz, $5::uuid))
      ORDER BY s.saved_at DESC, s.message_id DESC LIMIT $3`,
    [viewer.account.id, workspaceId, limit + 1, cursor?.savedAt ?? null, cursor?.id ?? null],
  );
  const saved = rows.slice(0, limit).map((row) => ({ savedAt: row.saved_at.toISOString(), message: messageView(row) }));
  const last = saved.at(-1);
  return {
    saved,
    nextCursor: rows.length <= limit || last === undefined ? null : `${last.savedAt}_${last.message.id}`,
  };
}
