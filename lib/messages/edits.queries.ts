import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import type { EarlierText } from "@/lib/messages/message.events";
import { maySeeEarlierTexts } from "@/lib/messages/message.policy";
import { notFound, Refusal } from "@/lib/shared/errors";
import type { Role } from "@/lib/workspaces/workspace.events";

/**
 * What a message said before each of its edits, oldest first; nothing once it is deleted.
 * @throws Refusal `not_found`, `forbidden` (neither its author nor an owner or admin)
 */
export async function readEarlierTexts(viewer: Viewer, channelId: string, messageId: string): Promise<EarlierText[]> {
  const { rows } = await pool().query<{ authorId: string; role: Role; body: string | null; until: Date | null }>(
    `SELECT m.author_id AS "authorId", member.role, e.body, e.edited_at AS until FROM messages m
      JOIN channels c ON c.id = m.channel_id
      JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = $3
      JOIN members member ON member.workspace_id = c.workspace_id AND member.account_id = $3
      LEFT JOIN message_edits e ON e.message_id = m.id
      WHERE m.id = $2 AND m.channel_id = $1 ORDER BY e.version`,
    [channelId, messageId, viewer.account.id],
  );
  const first = rows[0];
  if (first === undefined) throw notFound("The message");
  if (!maySeeEarlierTexts(viewer.account.id, first.role, first.authorId)) {
    throw new Refusal("forbidden", "Only its author, an owner or an admin can see what a message said before.");
  }
  return rows.flatMap(({ body, until }) =>
    body === null || until === null ? [] : { body, until: until.toISOString() },
  );
}
