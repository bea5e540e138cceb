import { pool } from "@/lib/db/database";
import { contentHash } from "@/lib/messages/log/content-hash";
import type { Called } from "@/lib/messages/mentions/called-names";
import type { LinkPreview, MessageView } from "@/lib/messages/message.events";
import { type ChangeRefused, MODERATORS, MOST_EMOJI } from "@/lib/messages/message.policy";
import { type MessageJson, type MessageRow, messageView, messageViewOfJson } from "@/lib/messages/message.view";

/** Whom a message may call: `mentioned` in the migration finds out who that is. */
export interface Calling extends Called {
  /** The accounts that "here" reaches. */
  online: string[];
}

/** A message on its way into the log. */
export interface Append {
  id: string;
  workspace: { id: string; slug: string };
  channelId: string;
  /** The message that it answers. */
  threadId: string | null;
  /** It gets a place in the channel: always true where it answers none. */
  inChannel: boolean;
  authorId: string;
  body: string;
  calling: Calling | null;
}

/** What append_messages says of one Append; prisma/migrations/…_append_messages explains each outcome. */
export type Appended =
  | {
      outcome: "stored" | "duplicate";
      seq: number | null;
      version: number;
      threadSeq: number | null;
      createdAt: Date;
      mentions: string[];
      /** What this and earlier replies of the same commit made of the message that they answer; with the last of them. */
      root: MessageView | null;
    }
  | { outcome: "conflict" | "not_found" | "archived" | "restricted" | "nested" | "closed" };

/** A change of a message that stands in the log. */
export interface Change {
  kind: "edit" | "delete" | "react" | "unreact" | "pin" | "unpin" | "preview" | "unpreview";
  messageId: string;
  workspace: { id: string; slug: string };
  /** Where the caller says that the message stands; null where the caller does not say. */
  channelId: string | null;
  accountId: string;
  /** The new body of an edit, the emoji of a reaction. */
  text: string;
  /** Whom an edited body calls; what the links lead to, and the hex of the SHA-256 of the body that has them. */
  calling: Calling | { of: string; previews: LinkPreview[] } | null;
}

/** What change_messages says of one Change, with the message as that change left it. */
export type Changed = { outcome: "changed" | "unchanged"; message: MessageView } | { outcome: ChangeRefused };

interface AppendedRow {
  outcome: Appended["outcome"];
  seq: number | null;
  version: number;
  thread_seq: number | null;
  created_at: Date;
  mentions: string[] | null;
  root: MessageJson | null;
}

const APPEND = {
  name: "append_messages",
  text: `SELECT outcome, seq, version, thread_seq, created_at, mentions, root
    FROM append_messages($1, $2, $3, $4, $5, $6, $7::uuid[], $8::boolean[], $9::json[])`,
};

/** Messages that answer nothing and call nobody have a statement of their own, which costs half as much. */
const APPEND_PLAIN = {
  name: "append_plain_messages",
  text: `SELECT outcome, seq, version, NULL::integer AS thread_seq, created_at, NULL::text[] AS mentions, NULL::json AS root
    FROM append_messages($1, $2, $3, $4, $5, $6)`,
};

/**
 * Stores a batch in one statement and one commit. Ids must be distinct.
 * @returns one answer for each, in the order given; all of them durable
 * @throws the database's error, in which case nothing was stored, or nobody knows
 */
export async function commitAppends(appends: readonly Append[]): Promise<Appended[]> {
  const isPlain = appends.every(({ threadId, calling }) => threadId === null && calling === null);
  const plain = [
    appends.map((append) => append.id),
    appends.map((append) => append.workspace.id),
    appends.map((append) => append.channelId),
    appends.map((append) => append.authorId),
    appends.map((append) => append.body),
    appends.map(contentHash),
  ];
  const more = [
    appends.map((append) => append.threadId),
    appends.map((append) => append.inChannel),
    appends.map((append) => append.calling),
  ];
  const statement = isPlain ? { ...APPEND_PLAIN, values: plain } : { ...APPEND, values: [...plain, ...more] };
  const { rows } = await pool().query<AppendedRow>(statement);
  return rows.map((row) =>
    row.outcome === "stored" || row.outcome === "duplicate"
      ? {
          outcome: row.outcome,
          seq: row.seq,
          version: row.version,
          threadSeq: row.thread_seq,
          createdAt: row.created_at,
          mentions: row.mentions ?? [],
          root: row.root === null ? null : messageViewOfJson(row.root),
        }
      : { outcome: row.outcome },
  );
}

type ChangedRow = { outcome: ChangeRefused } | ({ outcome: "changed" | "unchanged" } & MessageRow);

const CHANGE = {
  name: "change_messages",
  text: "SELECT * FROM change_messages($1, $2, $3, $4, $5, $6, $7::json[], $8::text[]::role[], $9)",
};

/**
 * Writes a batch of changes in one statement and one commit, one after the other.
 * @returns one answer for each, in the order given; all of them durable
 * @throws the database's error, in which case nothing was written, or nobody knows
 */
export async function commitChanges(changes: readonly Change[]): Promise<Changed[]> {
  const { rows } = await pool().query<ChangedRow>({
    ...CHANGE,
    values: [
      changes.map((change) => change.kind),
      changes.map((change) => change.messageId),
      changes.map((change) => change.channelId),
      changes.map((change) => change.workspace.id),
      changes.map((change) => change.accountId),
      changes.map((change) => change.text),
      changes.map((change) => change.calling),
      MODERATORS,
      MOST_EMOJI,
    ],
  });
  return rows.map((row) =>
    row.outcome === "changed" || row.outcome === "unchanged"
      ? { outcome: row.outcome, message: messageView(row) }
      : { outcome: row.outcome },
  );
}
