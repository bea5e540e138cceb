import type { Viewer } from "@/lib/auth/account.events";
import type { ChannelPreferences, ChannelView } from "@/lib/channels/channel.events";
import { readStanding } from "@/lib/channels/channel.queries";
import { pool } from "@/lib/db/database";
import { publishToAccount } from "@/lib/realtime/publish";
import { notFound } from "@/lib/shared/errors";

/**
 * Sets how one's own list shows a channel, and tells one's other connections. A hidden one is listed again when
 * something is said in it.
 * @throws Refusal `not_found`
 */
export async function setPreferences(
  viewer: Viewer,
  channelId: string,
  { starred, muted, section, hidden }: ChannelPreferences,
): Promise<ChannelView> {
  const { rowCount } = await pool().query(
    `UPDATE channel_members cm SET starred = coalesce($3, cm.starred), muted = coalesce($4, cm.muted),
        section = CASE WHEN $5 THEN $6 ELSE cm.section END,
        hidden_seq = CASE WHEN $7::boolean IS NULL THEN cm.hidden_seq WHEN $7 THEN c.last_seq END
      FROM channels c WHERE cm.channel_id = $1 AND cm.account_id = $2 AND c.id = cm.channel_id`,
    [
      channelId,
      viewer.account.id,
      starred ?? null,
      muted ?? null,
      section !== undefined,
      section ?? null,
      hidden ?? null,
    ],
  );
  if (rowCount === 0) throw notFound("The channel");
  const { channel, workspace } = await readStanding(viewer, channelId);
  publishToAccount(workspace.slug, viewer.account.id, "channel:updated", { channel });
  return channel;
}
