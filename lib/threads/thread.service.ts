import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import { publishToAccount } from "@/lib/realtime/publish";
import { notFound } from "@/lib/shared/errors";
import type { ThreadStanding } from "@/lib/threads/thread.events";

interface Workspace {
  id: string;
  slug: string;
}
interface Target {
  channelId: string;
  threadId: string;
}

/** A thread of a channel of the workspace that the account may read. */
const THREAD = `
  FROM messages m
    JOIN channels c ON c.id = m.channel_id AND c.workspace_id = $4
    JOIN channel_members cm ON cm.channel_id = m.channel_id AND cm.account_id = $3
    WHERE m.id = $2 AND m.channel_id = $1 AND m.thread_id IS NULL`;

const RETURNING = 'RETURNING following, thread_followers.read_seq AS "readSeq"';

/**
 * Follows a thread, or follows it no longer until one replies in it again.
 * @throws Refusal `not_found`
 */
export async function followThread(
  viewer: Viewer,
  workspace: Workspace,
  { following, ...target }: Target & { following: boolean },
  socketId?: string,
): Promise<ThreadStanding> {
  return await write(
    viewer,
    workspace,
    target,
    // Whoever begins to follow has seen what stands there.
    `INSERT INTO thread_followers (thread_id, account_id, following, read_seq)
      SELECT m.id, $3, $5::boolean, m.reply_count ${THREAD}
      ON CONFLICT (thread_id, account_id) DO UPDATE SET following = excluded.following,
        read_seq = CASE WHEN excluded.following AND NOT thread_followers.following
          THEN greatest(thread_followers.read_seq, excluded.read_seq) ELSE thread_followers.read_seq END
      ${RETURNING}`,
    following,
    socketId,
  );
}

/**
 * Moves the viewer's marker in a followed thread forward, never back and never past the end. Of one that is not followed
 * nothing is kept: whoever begins to follow it has seen what stands there then.
 * @throws Refusal `not_found`
 */
export async function markThreadRead(
  viewer: Viewer,
  workspace: Workspace,
  { seq, ...target }: Target & { seq: number },
  socketId?: string,
): Promise<ThreadStanding> {
  return await write(
    viewer,
    workspace,
    target,
    `WITH thread AS (SELECT m.id, least($5::integer, m.reply_count) AS seq ${THREAD}),
      moved AS (
        UPDATE thread_followers SET read_seq = greatest(thread_followers.read_seq, thread.seq) FROM thread
        WHERE thread_id = thread.id AND account_id = $3 AND following ${RETURNING}
      )
      SELECT coalesce(moved.following, false) AS following, coalesce(moved."readSeq", 0) AS "readSeq"
      FROM thread LEFT JOIN moved ON true`,
    seq,
    socketId,
  );
}

async function write(
  viewer: Viewer,
  workspace: Workspace,
  { channelId, threadId }: Target,
  statement: string,
  value: boolean | number,
  socketId: string | undefined,
): Promise<ThreadStanding> {
  const { rows } = await pool().query<{ following: boolean; readSeq: number }>(statement, [
    channelId,
    threadId,
    viewer.account.id,
    workspace.id,
    value,
  ]);
  if (rows[0] === undefined) throw notFound("The thread");
  const standing = { channelId, threadId, ...rows[0] };
  publishToAccount(workspace.slug, viewer.account.id, "thread:standing", standing, socketId);
  return standing;
}
