import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import type { MessageView } from "@/lib/messages/message.events";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";
import { notFound } from "@/lib/shared/errors";

const MOST_LISTED = 100;

/** What is pinned in a channel, the latest first, up to a hundred. @throws Refusal `not_found` */
export async function readPins(viewer: Viewer, channelId: string): Promise<MessageView[]> {
  // The left join tells a channel without pins from one that the viewer may not read.
  const { rows } = await pool().query<MessageRow | { id: null }>(
    `SELECT ${MESSAGE_COLUMNS} FROM channel_members cm
      LEFT JOIN messages m ON m.channel_id = cm.channel_id AND m.pinned_at IS NOT NULL
      WHERE cm.channel_id = $1 AND cm.account_id = $2
      ORDER BY m.pinned_at DESC, m.id LIMIT ${MOST_LISTED}`,
    [channelId, viewer.account.id],
  );
  if (rows.length === 0) throw notFound("The channel");
  return rows.flatMap((row) => (row.id === null ? [] : messageView(row)));
}
