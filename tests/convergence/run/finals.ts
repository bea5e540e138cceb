import type pg from "pg";
import { z } from "zod";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { MessagePage } from "@/lib/messages/message.events";
import type { Final } from "@/tests/convergence/history";
import type { Recorder } from "@/tests/convergence/run/recorder";
import { canariesIn, itemOf, messageSchema, type SeenMessage } from "@/tests/convergence/run/sighting";
import type { Person } from "@/tests/support/peer";

const PAGE = 200;

/** Reads everything as somebody who has just come: each channel from its first message on. */
export async function fetchChannels(person: Person, recorder: Recorder, pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ epoch: string }>("SELECT epoch FROM life");
  const epoch = rows[0]?.epoch ?? "";
  const { channels } = await person.shell();
  for (const channel of channels.filter(({ readSeq }) => readSeq !== null)) {
    const whole = await everyPage(person, channel);
    // What is not served is missed by the checker.
    if (whole === null) continue;
    const { items, version } = whole;
    const members = await membersOf(pool, channel.id);
    const { id: ch, lastSeq } = channel;
    recorder.write({ kind: "final", source: "fetch", ch, epoch, lastSeq, version, items, members, changes: [] });
  }
}

async function everyPage(person: Person, { id }: ChannelView) {
  const messages: SeenMessage[] = [];
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0;
    const path = `/channels/${id}/messages?limit=${PAGE}&after=${after}`;
    const { status, body } = await person.rest<MessagePage>("GET", path);
    if (status !== 200) return null;
    messages.push(...body.messages.map((message) => messageSchema.parse(message)));
    if (!body.hasNewer) return { items: messages.map(itemOf), version: body.version };
  }
}

const rowSchema = z.object({
  id: z.string(),
  channelId: z.string(),
  seq: z.int(),
  version: z.int(),
  authorId: z.string(),
  body: z.string(),
  first: z.string(),
  createdAt: z.date(),
  editedAt: z.date().nullable(),
  deletedAt: z.date().nullable(),
  reactions: z.array(z.object({ emoji: z.string(), accountIds: z.array(z.string()) })),
});

/** Reads everything from the tables, reactions from their own rows. */
export async function dumpTables(recorder: Recorder, pool: pg.Pool): Promise<void> {
  const { rows: channels } = await pool.query<Pick<Final, "ch" | "epoch" | "lastSeq" | "version">>(
    `SELECT id AS ch, last_seq AS "lastSeq", version, (SELECT epoch FROM life) AS epoch FROM channels`,
  );
  for (const channel of channels) {
    const { rows } = await pool.query(
      `SELECT id, channel_id AS "channelId", seq, version, author_id AS "authorId", body, created_at AS "createdAt",
        edited_at AS "editedAt", deleted_at AS "deletedAt", substr(encode(content_hash, 'hex'), 1, 16) AS first,
        coalesce((SELECT json_agg(json_build_object('emoji', emoji, 'accountIds', ids) ORDER BY since) FROM (
          SELECT emoji, min(version) AS since, json_agg(account_id ORDER BY version) AS ids
          FROM reactions WHERE message_id = messages.id GROUP BY emoji
        ) AS given), '[]') AS reactions
        FROM messages WHERE channel_id = $1 ORDER BY seq`,
      [channel.ch],
    );
    const stored = rows.map((row) => rowSchema.parse(row));
    const { rows: changes } = await pool.query<Final["changes"][number]>(
      "SELECT version, account_id AS account, role FROM membership_changes WHERE channel_id = $1 ORDER BY version",
      [channel.ch],
    );
    recorder.write({
      kind: "final",
      source: "sql",
      ...channel,
      items: stored.map(({ createdAt, editedAt, deletedAt, ...row }) =>
        itemOf({
          ...row,
          createdAt: createdAt.toISOString(),
          editedAt: editedAt?.toISOString() ?? null,
          deletedAt: deletedAt?.toISOString() ?? null,
        }),
      ),
      members: await membersOf(pool, channel.ch),
      changes,
      firstBodies: Object.fromEntries(stored.map(({ id, first }) => [id, first])),
    });
  }
}

async function membersOf(pool: pg.Pool, ch: string): Promise<string[]> {
  const { rows } = await pool.query<{ account: string }>(
    "SELECT account_id AS account FROM channel_members WHERE channel_id = $1",
    [ch],
  );
  return rows.map(({ account }) => account);
}

/** Numbers that are kept beside the rows that they count. */
const AUDITS: Record<string, string> = {
  last_seq: `SELECT id AS ch, last_seq AS stored, (SELECT count(*) FROM messages WHERE channel_id = channels.id) AS counted
    FROM channels`,
  member_count: `SELECT id AS ch, member_count AS stored,
    (SELECT count(*) FROM channel_members WHERE channel_id = channels.id) AS counted FROM channels`,
  "members by their comings and goings": `SELECT id AS ch, member_count AS stored,
    (SELECT count(*) FILTER (WHERE role IS NOT NULL) - count(*) FILTER (WHERE role IS NULL)
      FROM membership_changes WHERE channel_id = channels.id) AS counted FROM channels`,
  "reactions kept with messages": `SELECT m.channel_id AS ch,
    sum(coalesce((SELECT sum(json_array_length(given -> 'accountIds')) FROM json_array_elements(m.reactions) AS given), 0))
      AS stored,
    (SELECT count(*) FROM reactions JOIN messages ON messages.id = reactions.message_id
      WHERE messages.channel_id = m.channel_id) AS counted
    FROM messages m GROUP BY m.channel_id`,
  "read places beyond the end": `SELECT channel_id AS ch, 0 AS stored, count(*) AS counted FROM channel_members
    JOIN channels ON channels.id = channel_id WHERE read_seq > last_seq GROUP BY channel_id`,
  "transactions left open": `SELECT NULL AS ch, 0 AS stored, count(*) AS counted FROM pg_stat_activity
    WHERE datname = current_database() AND xact_start < now() - interval '30 seconds' AND pid <> pg_backend_pid()`,
};

/** Counts anew what the tables keep counted. */
export async function auditTables(recorder: Recorder, pool: pg.Pool): Promise<void> {
  for (const [what, sql] of Object.entries(AUDITS)) {
    const { rows } = await pool.query<{ ch: string | null; stored: string; counted: string }>(sql);
    for (const { ch, stored, counted } of rows) {
      const numbers = { stored: Number(stored), counted: Number(counted) };
      recorder.write({ kind: "audit", what, ...numbers, ...(ch !== null && { ch }) });
    }
  }
}

/** Looks through every table, and through what the servers printed, for what was said. */
export async function scanForWords(recorder: Recorder, pool: pg.Pool, logs: string): Promise<void> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string }>(
      `SELECT kept::text AS text FROM ${name} AS kept WHERE kept::text LIKE '%canary-%'`,
    );
    recorder.write({ kind: "scan", place: `table ${name}`, canaries: canariesIn(rows.map(({ text }) => text).join()) });
  }
  recorder.write({ kind: "scan", place: "the servers' log", canaries: canariesIn(logs) });
}
