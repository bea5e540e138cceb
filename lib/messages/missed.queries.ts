import type { PoolClient } from "pg";
import type { MembershipChangeView } from "@/lib/channels/channel.events";
import { readOnly } from "@/lib/db/database";
import type { ChannelChanges, MessageView } from "@/lib/messages/message.events";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";
import type { Missed } from "@/lib/realtime/missed";

/**
 * More than this is not told one by one: whoever reads the channel asks for its newest page. A node that is late under
 * load is behind by a thousand short messages within a tenth of a second, and its readers had better not all ask.
 */
const MOST_CHANGES = 5_000;
/** As many are told whatever they weigh; together all may weigh this. */
const ALWAYS_TOLD = 500;
const MOST_BYTES = 2 * 1024 * 1024;

interface MembershipStep extends MembershipChangeView {
  version: number;
}

/** What a channel's log holds above a version, as of one moment; null where there is no such channel. */
export async function readMissed(channelId: string, above: number): Promise<Missed | null> {
  return await readOnly(async (client) => {
    const { rows: heads } = await client.query<{ version: number }>("SELECT version FROM channels WHERE id = $1", [
      channelId,
    ]);
    const version = heads[0]?.version;
    if (version === undefined) return null;
    const { rows: steps } = await client.query<MembershipStep>(
      `SELECT version, account_id AS "accountId", role FROM membership_changes
        WHERE channel_id = $1 AND version > $2 ORDER BY version`,
      [channelId, above],
    );
    const members = steps.map(({ accountId, role }) => ({ accountId, role }));
    if (version - above > MOST_CHANGES) return { version, members, runs: null };
    if (version - above > ALWAYS_TOLD && (await bytesAbove(client, channelId, above)) > MOST_BYTES)
      return { version, members, runs: null };
    const { rows } = await client.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.channel_id = $1 AND m.version > $2 ORDER BY m.version, m.thread_id`,
      [channelId, above],
    );
    return { version, members, runs: runsOf(channelId, { above, version }, steps, rows.map(messageView)) };
  });
}

async function bytesAbove(client: PoolClient, channelId: string, above: number): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    "SELECT coalesce(sum(octet_length(body)), 0)::float8 AS bytes FROM messages WHERE channel_id = $1 AND version > $2",
    [channelId, above],
  );
  return rows[0]?.bytes ?? 0;
}

/** The changes as a chain without a gap, in which every change of membership stands alone. */
function runsOf(
  channelId: string,
  { above, version }: { above: number; version: number },
  steps: MembershipStep[],
  messages: MessageView[],
): ChannelChanges[] {
  const runs: ChannelChanges[] = [];
  let from = above;
  const add = (to: number, member?: MembershipChangeView) => {
    if (to === from) return;
    const within = messages.filter((message) => message.version > from && message.version <= to);
    runs.push({ channelId, from, to, messages: within, ...(member && { members: [member] }) });
    from = to;
  };
  for (const { version: at, ...member } of steps) {
    add(at - 1);
    add(at, member);
  }
  add(version);
  return runs;
}
