import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import type { MessageView, PageRange, ThreadPage } from "@/lib/messages/message.events";
import { pageBounds } from "@/lib/messages/message.queries";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";
import { notFound } from "@/lib/shared/errors";
import type { FollowedThreads } from "@/lib/threads/thread.events";

interface RootRow extends MessageRow {
  channel_version: number;
  following: boolean | null;
  read_seq: number | null;
}

/**
 * One page of a thread, ascending by `threadSeq`, which has no gaps, as `readPage` reads one of a channel.
 * @throws Refusal `not_found` where the viewer may not read the channel, or the message began no thread of it
 */
export async function readReplies(
  viewer: Viewer,
  { channelId, threadId }: { channelId: string; threadId: string },
  range: PageRange,
): Promise<ThreadPage> {
  const { rows: roots } = await pool().query<RootRow>({
    name: "thread_head",
    text: `SELECT ${MESSAGE_COLUMNS}, c.version AS channel_version, tf.following, tf.read_seq FROM messages m
      JOIN channels c ON c.id = m.channel_id
      JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = $3
      LEFT JOIN thread_followers tf ON tf.thread_id = m.id AND tf.account_id = $3
      WHERE m.id = $2 AND m.channel_id = $1 AND m.thread_id IS NULL`,
    values: [channelId, threadId, viewer.account.id],
  });
  const root = roots[0];
  if (root === undefined) throw notFound("The thread");
  const { low, high } = pageBounds(range, root.reply_count);
  const messages = high < low ? [] : await readRange(viewer, threadId, low, high);
  // There are no gaps: what is missing was withheld, because the viewer was removed between the two statements.
  if (messages.length < high - low + 1) throw notFound("The thread");
  return {
    messages,
    hasOlder: root.reply_count > 0 && low > 1,
    hasNewer: high < root.reply_count,
    version: root.channel_version,
    root: messageView(root),
    following: root.following ?? false,
    readSeq: root.read_seq ?? 0,
  };
}

async function readRange(viewer: Viewer, threadId: string, low: number, high: number): Promise<MessageView[]> {
  const { rows } = await pool().query<MessageRow>({
    name: "thread_range",
    text: `SELECT ${MESSAGE_COLUMNS} FROM messages m
      JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = $2
      WHERE m.thread_id = $1 AND m.thread_seq BETWEEN $3 AND $4 ORDER BY m.thread_seq`,
    values: [threadId, viewer.account.id, low, high],
  });
  return rows.map(messageView);
}

const MOST_FOLLOWED = 200;

/**
 * The threads that the viewer follows in a workspace and may read, those with the latest reply first. Nothing is counted:
 * unread is the root's `replyCount` less `readSeq`.
 */
export async function listFollowedThreads(viewer: Viewer, workspaceId: string): Promise<FollowedThreads> {
  const { rows } = await pool().query<MessageRow & { read_seq: number }>(
    `SELECT ${MESSAGE_COLUMNS}, tf.read_seq FROM thread_followers tf
      JOIN messages m ON m.id = tf.thread_id
      JOIN channels c ON c.id = m.channel_id AND c.workspace_id = $2
      JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = tf.account_id
      WHERE tf.account_id = $1 AND tf.following AND m.reply_count > 0
      ORDER BY m.last_reply_at DESC LIMIT ${MOST_FOLLOWED + 1}`,
    [viewer.account.id, workspaceId],
  );
  const threads = rows.slice(0, MOST_FOLLOWED).map((row) => ({ root: messageView(row), readSeq: row.read_seq }));
  return { threads, whole: rows.length <= MOST_FOLLOWED };
}
