import type { PoolClient } from "pg";
import type { MembershipChangeView } from "@/lib/channels/channel.events";
import { transaction } from "@/lib/db/database";
import { inWriteLane } from "@/lib/db/write-lane";
import { publishChanges } from "@/lib/realtime/publish";
import type { Role } from "@/lib/workspaces/workspace.events";

/**
 * Coming and going: the only writer of channel_members and membership_changes. Each change is one step of the
 * channel's version, so that an exact cut can be drawn between what a member may and may not see: every node moves the
 * account's connections when it tells this step, in its turn (lib/realtime/following.ts).
 */
interface Place {
  slug: string;
  channelId: string;
}

/** @returns false where the account was a member already (and nothing changed) */
export function addMember(place: Place, accountId: string, role: Role): Promise<boolean> {
  return inWriteLane(async () => {
    const version = await transaction(async (client) => {
      await lockChannel(client, place.channelId);
      const { rowCount } = await client.query(
        // Who comes has nothing unread: what was said before is history, not news.
        `INSERT INTO channel_members (channel_id, account_id, read_seq)
          SELECT id, $2, last_seq FROM channels WHERE id = $1 ON CONFLICT DO NOTHING`,
        [place.channelId, accountId],
      );
      return rowCount === 0 ? null : await step(client, place.channelId, 1, { accountId, role });
    });
    if (version === null) return false;
    publishMembership(place, version, { accountId, role });
    return true;
  });
}

/** @returns false where the account was not a member */
export function removeMember(place: Place, accountId: string): Promise<boolean> {
  return inWriteLane(async () => {
    const version = await transaction(async (client) => {
      await lockChannel(client, place.channelId);
      const { rowCount } = await client.query("DELETE FROM channel_members WHERE channel_id = $1 AND account_id = $2", [
        place.channelId,
        accountId,
      ]);
      return rowCount === 0 ? null : await step(client, place.channelId, -1, { accountId, role: null });
    });
    if (version === null) return false;
    publishMembership(place, version, { accountId, role: null });
    return true;
  });
}

async function lockChannel(client: PoolClient, channelId: string): Promise<void> {
  await client.query("SELECT FROM channels WHERE id = $1 FOR NO KEY UPDATE", [channelId]);
}

/** Raises the version, writes down whose coming or going it stands for, and returns it. */
async function step(client: PoolClient, channelId: string, by: 1 | -1, change: MembershipChangeView): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `WITH raised AS (
        UPDATE channels SET version = version + 1, member_count = member_count + $2 WHERE id = $1 RETURNING version
      )
      INSERT INTO membership_changes (channel_id, version, account_id, role)
      SELECT $1, version, $3, $4::role FROM raised RETURNING version`,
    [channelId, by, change.accountId, change.role],
  );
  const version = rows[0]?.version;
  if (version === undefined) throw new Error("A locked channel vanished.");
  return version;
}

function publishMembership({ slug, channelId }: Place, version: number, change: MembershipChangeView): void {
  publishChanges(slug, { channelId, from: version - 1, to: version, messages: [], members: [change] });
}
