import type { PoolClient } from "pg";
import type { Viewer } from "@/lib/auth/account.events";
import type { MembershipChangeView } from "@/lib/channels/channel.events";
import { listOwnChannels } from "@/lib/channels/channel.queries";
import { readOnly } from "@/lib/db/database";
import { readEpoch } from "@/lib/db/life";
import type { ChannelSync, SyncAnswer } from "@/lib/messages/message.events";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";
import { countSync } from "@/lib/metrics/sync";

/** More changes of one channel than this are not replayed: its newest page is sent instead. */
const MOST_CHANGES = 500;
/** And not more than this over all channels of one answer. */
const MOST_CHANGES_IN_ALL = 5_000;
const RESET_PAGE = 50;

interface Stale {
  id: string;
  cursor: number;
  version: number;
  lastSeq: number;
}

/**
 * Everything that changed above each cursor, oldest first, and which channels came or went.
 *
 * One snapshot of the database answers the whole request, so that the versions given are true for what is sent.
 * A cursor above the channel's version belongs to another life of the database and is reset.
 */
export async function syncChannels(
  viewer: Viewer,
  workspaceId: string,
  cursors: Record<string, number>,
): Promise<SyncAnswer> {
  const epoch = await readEpoch();
  return await readOnly(async (client) => {
    const own = await listOwnChannels(client, viewer, workspaceId);
    const ownIds = new Set(own.map(({ id }) => id));
    const { replayed, reset } = planSync(
      own.flatMap(({ id, version, lastSeq }) => {
        const cursor = cursors[id];
        return cursor === undefined || cursor === version ? [] : [{ id, cursor, version, lastSeq }];
      }),
    );
    countSync({ replayed: replayed.length, reset: reset.length });
    const channels: Record<string, ChannelSync> = {};
    for (const { id, version } of replayed) channels[id] = { version, messages: [], reset: false };
    for (const { id, version } of reset) channels[id] = { version, messages: [], reset: true };
    for (const row of await changedMessages(client, replayed))
      channels[row.channel_id]?.messages.push(messageView(row));
    for (const row of await newestPages(client, reset)) channels[row.channel_id]?.messages.push(messageView(row));
    for (const { channel_id, ...change } of await changedMembers(client, replayed)) {
      const answer = channels[channel_id];
      if (answer !== undefined) answer.members = [...(answer.members ?? []), change];
    }
    return {
      epoch,
      channels,
      joined: own.filter(({ id }) => cursors[id] === undefined),
      left: Object.keys(cursors).filter((id) => !ownIds.has(id)),
    };
  });
}

/** Which channels are replayed change by change and which start anew. Those with the fewest changes are served first. */
function planSync(stale: Stale[]): { replayed: Stale[]; reset: Stale[] } {
  const changes = ({ cursor, version }: Stale) => (version > cursor ? version - cursor : Number.POSITIVE_INFINITY);
  let left = MOST_CHANGES_IN_ALL;
  const replayed: Stale[] = [];
  const reset: Stale[] = [];
  for (const channel of stale.toSorted((a, b) => changes(a) - changes(b))) {
    if (changes(channel) > Math.min(MOST_CHANGES, left)) {
      reset.push(channel);
      continue;
    }
    left -= changes(channel);
    replayed.push(channel);
  }
  return { replayed, reset };
}

async function changedMessages(client: PoolClient, channels: Stale[]): Promise<MessageRow[]> {
  if (channels.length === 0) return [];
  const { rows } = await client.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM unnest($1::uuid[], $2::integer[]) AS held (channel_id, version)
      JOIN messages m ON m.channel_id = held.channel_id AND m.version > held.version
      ORDER BY m.channel_id, m.version`,
    [channels.map(({ id }) => id), channels.map(({ cursor }) => cursor)],
  );
  return rows;
}

async function changedMembers(
  client: PoolClient,
  channels: Stale[],
): Promise<(MembershipChangeView & { channel_id: string })[]> {
  if (channels.length === 0) return [];
  const { rows } = await client.query<MembershipChangeView & { channel_id: string }>(
    `SELECT mc.channel_id, mc.account_id AS "accountId", mc.role
      FROM unnest($1::uuid[], $2::integer[]) AS held (channel_id, version)
      JOIN membership_changes mc ON mc.channel_id = held.channel_id AND mc.version > held.version
      ORDER BY mc.channel_id, mc.version`,
    [channels.map(({ id }) => id), channels.map(({ cursor }) => cursor)],
  );
  return rows;
}

async function newestPages(client: PoolClient, channels: Stale[]): Promise<MessageRow[]> {
  if (channels.length === 0) return [];
  const { rows } = await client.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM unnest($1::uuid[], $2::integer[]) AS head (channel_id, last_seq)
      JOIN messages m ON m.channel_id = head.channel_id AND m.seq > head.last_seq - ${RESET_PAGE}
      ORDER BY m.channel_id, m.seq`,
    [channels.map(({ id }) => id), channels.map(({ lastSeq }) => lastSeq)],
  );
  return rows;
}
