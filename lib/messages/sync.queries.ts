import type { PoolClient } from "pg";
import type { Viewer } from "@/lib/auth/account.events";
import type { ChannelView } from "@/lib/channels/channel.events";
import { listOwnChannels, listOwnChannelsIn } from "@/lib/channels/channel.queries";
import { readOnly } from "@/lib/db/database";
import { readEpoch } from "@/lib/db/life";
import { type Changes, readChanges, type Span } from "@/lib/messages/changes.queries";
import type { ChannelSync, SyncAnswer } from "@/lib/messages/message.events";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";
import { shareChanges } from "@/lib/messages/shared-changes";
import { countSync } from "@/lib/metrics/sync";

/** More changes of one channel than this are not replayed: its newest page is sent instead. */
const MOST_CHANGES = 500;
/** And not more than this over all channels of one answer. */
const MOST_CHANGES_IN_ALL = 5_000;
const RESET_PAGE = 50;

interface Stale extends Span {
  lastSeq: number;
}

type Cursors = Record<string, number>;

/**
 * Everything that changed above each cursor, oldest first, and which channels came or went.
 *
 * All of it is true at one moment, so that the versions given are true for what is sent. A cursor above the channel's
 * version belongs to another life of the database and is reset.
 */
export async function syncChannels(viewer: Viewer, workspaceId: string, cursors: Cursors): Promise<SyncAnswer> {
  const epoch = await readEpoch();
  const own = await listOwnChannels(viewer, workspaceId);
  const plan = planSync(own, cursors);
  const changes = plan.reset.length === 0 ? await shareChanges(plan.replayed) : null;
  if (changes === null) return await syncInSnapshot(epoch, viewer, workspaceId, cursors);
  return answerOf(epoch, own, cursors, plan, changes);
}

/** The same in one transaction: where pages are needed too, or a channel went on between two statements. */
function syncInSnapshot(epoch: string, viewer: Viewer, workspaceId: string, cursors: Cursors): Promise<SyncAnswer> {
  return readOnly(async (client) => {
    const own = await listOwnChannelsIn(client, viewer, workspaceId);
    const plan = planSync(own, cursors);
    const answer = answerOf(epoch, own, cursors, plan, await readChanges(client, plan.replayed));
    for (const row of await newestPages(client, plan.reset))
      answer.channels[row.channel_id]?.messages.push(messageView(row));
    return answer;
  });
}

function answerOf(
  epoch: string,
  own: ChannelView[],
  cursors: Cursors,
  { replayed, reset }: Plan,
  changes: ReadonlyMap<string, Changes>,
): SyncAnswer {
  countSync({ replayed: replayed.length, reset: reset.length });
  const ownIds = new Set(own.map(({ id }) => id));
  const channels: Record<string, ChannelSync> = {};
  for (const { id, version } of replayed) {
    const { messages = [], members = [] } = changes.get(id) ?? {};
    channels[id] = { version, messages, ...(members.length > 0 && { members }), reset: false };
  }
  for (const { id, version } of reset) channels[id] = { version, messages: [], reset: true };
  return {
    epoch,
    channels,
    joined: own.filter(({ id }) => cursors[id] === undefined),
    left: Object.keys(cursors).filter((id) => !ownIds.has(id)),
  };
}

interface Plan {
  replayed: Stale[];
  reset: Stale[];
}

/** Which channels are replayed change by change and which start anew. Those with the fewest changes are served first. */
function planSync(own: ChannelView[], cursors: Cursors): Plan {
  const stale = own.flatMap(({ id, version, lastSeq }): Stale[] => {
    const cursor = cursors[id];
    return cursor === undefined || cursor === version ? [] : [{ id, cursor, version, lastSeq }];
  });
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
