import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import type { MessagePage, MessageView, PageRange } from "@/lib/messages/message.events";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";
import { notFound } from "@/lib/shared/errors";

/** The ends of a page in places, both included, from what was asked and from where the channel or thread ends. */
export function pageBounds(range: PageRange, lastSeq: number): { low: number; high: number } {
  const { limit, before, after, around } = range;
  if (after !== undefined) return { low: after + 1, high: Math.min(after + limit, lastSeq) };
  let high = lastSeq;
  if (before !== undefined) high = Math.min(before - 1, lastSeq);
  if (around !== undefined)
    high = Math.max(Math.min(around + Math.floor(limit / 2), lastSeq), Math.min(limit, lastSeq));
  return { low: Math.max(1, high - limit + 1), high };
}

/**
 * One page of a channel's history, ascending. Keyset on (channel, seq): the millionth message back costs what the
 * first does. Because `seq` has no gaps, what lies beyond the page follows from its ends and nothing is counted.
 *
 * @throws Refusal `not_found` where the viewer may not read the channel
 */
export async function readPage(viewer: Viewer, channelId: string, range: PageRange): Promise<MessagePage> {
  const { rows: heads } = await pool().query<{ last_seq: number; version: number }>({
    name: "page_head",
    text: `SELECT c.last_seq, c.version FROM channels c
      JOIN channel_members cm ON cm.channel_id = c.id AND cm.account_id = $2 WHERE c.id = $1`,
    values: [channelId, viewer.account.id],
  });
  const head = heads[0];
  if (head === undefined) throw notFound("The channel");
  const { low, high } = pageBounds(range, head.last_seq);
  const messages = high < low ? [] : await readRange(viewer, channelId, low, high);
  // There are no gaps: what is missing was withheld, because the viewer was removed between the two statements.
  if (messages.length < high - low + 1) throw notFound("The channel");
  return {
    messages,
    hasOlder: head.last_seq > 0 && low > 1,
    hasNewer: high < head.last_seq,
    version: head.version,
  };
}

async function readRange(viewer: Viewer, channelId: string, low: number, high: number): Promise<MessageView[]> {
  const { rows } = await pool().query<MessageRow>({
    name: "page_range",
    text: `SELECT ${MESSAGE_COLUMNS} FROM messages m
      JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = $2
      WHERE m.channel_id = $1 AND m.seq BETWEEN $3 AND $4 ORDER BY m.seq`,
    values: [channelId, viewer.account.id, low, high],
  });
  return rows.map(messageView);
}

/**
 * The stored message that its own author sent again. Whoever has left the channel learns nothing of it that happened
 * later: null where it was changed since.
 */
export async function readOwnMessage(viewer: Viewer, id: string): Promise<MessageView | null> {
  const { rows } = await pool().query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.id = $1 AND m.author_id = $2 AND (
        EXISTS (SELECT FROM channel_members cm WHERE cm.channel_id = m.channel_id AND cm.account_id = $2)
        OR m.version < (
          SELECT max(mc.version) FROM membership_changes mc WHERE mc.channel_id = m.channel_id AND mc.account_id = $2
        )
      )`,
    [id, viewer.account.id],
  );
  const row = rows[0];
  return row === undefined ? null : messageView(row);
}

/**
 * Where a permalink leads, or null where the viewer may read no such message: its place in the channel, or, where it stands
 * in a thread alone, that of the message that began the thread.
 */
export async function findMessage(
  viewer: Viewer,
  channelId: string,
  id: string,
): Promise<{ seq: number; threadId: string | null } | null> {
  const { rows } = await pool().query<{ seq: number; threadId: string | null }>(
    `SELECT coalesce(m.seq, begun.seq) AS seq, begun.id AS "threadId" FROM messages m
      JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = $3
      LEFT JOIN messages begun ON begun.id = m.thread_id AND m.seq IS NULL
      WHERE m.id = $1 AND m.channel_id = $2`,
    [id, channelId, viewer.account.id],
  );
  return rows[0] ?? null;
}
