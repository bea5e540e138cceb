import type { PoolClient } from "pg";
import type { MembershipChangeView } from "@/lib/channels/channel.events";
import type { MessageView } from "@/lib/messages/message.events";
import { MESSAGE_COLUMNS, type MessageRow, messageView } from "@/lib/messages/message.view";

/** Where a client's copy of a channel ends, and where the channel ended when that was looked up. */
export interface Span {
  id: string;
  cursor: number;
  version: number;
}

/** What changed in a channel above a cursor, oldest first. */
export interface Changes {
  messages: MessageView[];
  members: MembershipChangeView[];
}

/** What changed above each cursor, oldest first (a reply before what it answers, which has the same version), by channel, as the client's transaction sees it. */
export async function readChanges(client: PoolClient, spans: readonly Span[]): Promise<Map<string, Changes>> {
  const changes = new Map(spans.map(({ id }): [string, Changes] => [id, { messages: [], members: [] }]));
  if (spans.length === 0) return changes;
  const held = [spans.map(({ id }) => id), spans.map(({ cursor }) => cursor)];
  const { rows: messages } = await client.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM unnest($1::uuid[], $2::integer[]) AS held (channel_id, version)
      JOIN messages m ON m.channel_id = held.channel_id AND m.version > held.version
      ORDER BY m.channel_id, m.version, m.thread_id`,
    held,
  );
  for (const row of messages) changes.get(row.channel_id)?.messages.push(messageView(row));
  const { rows: members } = await client.query<MembershipChangeView & { channel_id: string }>(
    `SELECT mc.channel_id, mc.account_id AS "accountId", mc.role
      FROM unnest($1::uuid[], $2::integer[]) AS held (channel_id, version)
      JOIN membership_changes mc ON mc.channel_id = held.channel_id AND mc.version > held.version
      ORDER BY mc.channel_id, mc.version`,
    held,
  );
  for (const { channel_id, ...change } of members) changes.get(channel_id)?.members.push(change);
  return changes;
}
