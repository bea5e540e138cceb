import type pg from "pg";
import { conversation, type SeedMessage, type Stretch } from "@/bin/seed/conversation";
import { copyField, copyInto } from "@/bin/seed/copy";
import type { Person } from "@/bin/seed/people";
import { randomOf } from "@/bin/seed/random";
import { transaction } from "@/lib/db/database";
import { contentHash } from "@/lib/messages/log/content-hash";

interface Filling {
  seed: number;
  channel: { id: string; name: string };
  /** Who is to be in it. At least one, if anything is to be said. */
  people: readonly Person[];
  count: number;
  from: number;
  to: number;
}

interface Head {
  lastSeq: number;
  version: number;
  /** When the newest message was written; null for an empty channel. */
  lastAt: Date | null;
}

/** How many of a channel's people have read all of it. */
const UP_TO_DATE = 0.6;

/**
 * Lets people into a channel and makes them talk, in one transaction that holds the channel's row: a server that runs
 * on the same database waits with this channel meanwhile, and goes on with the right numbers.
 */
export async function fillChannel(filling: Filling): Promise<void> {
  const { channel, people, count } = filling;
  await transaction(async (client) => {
    // A large channel takes longer than any request may.
    await client.query("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
    const head = await lock(client, channel.id);
    const firstVersion = head.version + (await join(client, channel.id, people, filling.from));
    const from = Math.max(filling.from, head.lastAt?.getTime() ?? 0);
    const stretch = { ...filling, from, to: Math.max(filling.to, from) };
    const lastSpoke = await write(client, filling.seed, stretch, head.lastSeq, firstVersion);
    await client.query("UPDATE channels SET last_seq = last_seq + $2, version = version + $2 WHERE id = $1", [
      channel.id,
      count,
    ]);
    await markRead(client, filling, head.lastSeq + count, lastSpoke);
  });
}

async function lock(client: pg.PoolClient, channelId: string): Promise<Head> {
  const { rows } = await client.query<Head>(
    `SELECT last_seq AS "lastSeq", version, (
        SELECT m.created_at FROM messages m WHERE m.channel_id = channels.id AND m.seq = channels.last_seq
      ) AS "lastAt"
      FROM channels WHERE id = $1 FOR NO KEY UPDATE`,
    [channelId],
  );
  if (rows[0] === undefined) throw new Error("The channel is gone.");
  return rows[0];
}

/** Makes people members, each a step of the channel's version. @returns how many were not yet */
async function join(client: pg.PoolClient, channelId: string, people: readonly Person[], since: number) {
  const { rowCount } = await client.query(
    `WITH came AS (
        INSERT INTO channel_members (channel_id, account_id, joined_at)
        SELECT $1, id, $3 FROM unnest($2::uuid[]) AS person (id) ON CONFLICT DO NOTHING RETURNING account_id
      ), raised AS (
        UPDATE channels SET version = version + (SELECT count(*) FROM came),
          member_count = member_count + (SELECT count(*) FROM came)
        WHERE id = $1 RETURNING version - (SELECT count(*) FROM came) AS before, workspace_id
      )
      INSERT INTO membership_changes (channel_id, version, account_id, role)
      SELECT $1, before + row_number() OVER (ORDER BY came.account_id), came.account_id, members.role
      FROM came CROSS JOIN raised
      JOIN members ON members.workspace_id = raised.workspace_id AND members.account_id = came.account_id`,
    [channelId, people.map(({ id }) => id), new Date(since)],
  );
  return rowCount ?? 0;
}

/** @returns the place of each person's last message */
async function write(
  client: pg.PoolClient,
  seed: number,
  stretch: Stretch,
  lastSeq: number,
  version: number,
): Promise<Map<string, number>> {
  const lastSpoke = new Map<string, number>();
  const channelId = stretch.channel.id;
  function* rows() {
    let place = 0;
    for (const message of conversation(seed, stretch)) {
      place += 1;
      lastSpoke.set(message.authorId, lastSeq + place);
      yield messageRow(channelId, message, lastSeq + place, version + place);
    }
  }
  if (stretch.count > 0) {
    await copyInto(
      client,
      "messages (id, channel_id, seq, version, author_id, body, content_hash, created_at)",
      rows(),
    );
  }
  return lastSpoke;
}

function messageRow(channelId: string, message: SeedMessage, seq: number, version: number) {
  const { id, authorId, body, createdAt } = message;
  const hash = contentHash({ channelId, body }).toString("hex");
  return [id, channelId, seq, version, authorId, copyField(body), `\\\\x${hash}`, new Date(createdAt).toISOString()];
}

/** Whoever spoke has read what stands above; most have read all, the others stopped somewhere. */
async function markRead(client: pg.PoolClient, filling: Filling, lastSeq: number, lastSpoke: Map<string, number>) {
  const random = randomOf(filling.seed, `reading ${filling.channel.name}`);
  const read = filling.people.map(({ id }) => {
    const least = lastSpoke.get(id) ?? 0;
    return random.chance(UP_TO_DATE) ? lastSeq : least + random.below(lastSeq - least + 1);
  });
  await client.query(
    `UPDATE channel_members SET read_seq = greatest(read_seq, reader.seq)
      FROM unnest($2::uuid[], $3::integer[]) AS reader (id, seq) WHERE channel_id = $1 AND account_id = reader.id`,
    [filling.channel.id, filling.people.map(({ id }) => id), read],
  );
}
