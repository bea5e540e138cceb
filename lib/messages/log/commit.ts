import { pool } from "@/lib/db/database";
import { contentHash } from "@/lib/messages/log/content-hash";
import type { MessageView } from "@/lib/messages/message.events";
import { type ChangeRefused, MODERATORS, MOST_EMOJI } from "@/lib/messages/message.policy";
import { type MessageRow, messageView } from "@/lib/messages/message.view";

/** A message on its way into the log. */
export interface Append {
  id: string;
  workspace: { id: string; slug: string };
  channelId: string;
  authorId: string;
  body: string;
}

/** What append_messages says of one Append; prisma/migrations/…_append_messages explains each outcome. */
export type Appended =
  | { outcome: "stored" | "duplicate"; seq: number; version: number; createdAt: Date }
  | { outcome: "conflict" | "not_found" | "archived" };

/** A change of a message that stands in the log. */
export interface Change {
  kind: "edit" | "delete" | "react" | "unreact";
  messageId: string;
  workspace: { id: string; slug: string };
  /** Where the caller says that the message stands; null where the caller does not say. */
  channelId: string | null;
  accountId: string;
  /** The new body of an edit, the emoji of a reaction. */
  text: string;
}

/** What change_messages says of one Change, with the message as that change left it. */
export type Changed = { outcome: "changed" | "unchanged"; message: MessageView } | { outcome: ChangeRefused };

interface AppendedRow {
  outcome: Appended["outcome"];
  seq: number;
  version: number;
  created_at: Date;
}

const APPEND = {
  name: "append_messages",
  text: "SELECT outcome, seq, version, created_at FROM append_messages($1, $2, $3, $4, $5, $6)",
};

/**
 * Stores a batch in one statement and one commit. Ids must be distinct.
 * @returns one answer for each, in the order given; all of them durable
 * @throws the database's error, in which case nothing was stored, or nobody knows
 */
export async function commitAppends(appends: readonly Append[]): Promise<Appended[]> {
  const { rows } = await pool().query<AppendedRow>({
    ...APPEND,
    values: [
      appends.map((append) => append.id),
      appends.map((append) => append.workspace.id),
      appends.map((append) => append.channelId),
      appends.map((append) => append.authorId),
      appends.map((append) => append.body),
      appends.map(contentHash),
    ],
  });
  return rows.map((row) =>
    row.outcome === "stored" || row.outcome === "duplicate"
      ? { outcome: row.outcome, seq: row.seq, version: row.version, createdAt: row.created_at }
      : { outcome: row.outcome },
  );
}

type ChangedRow = { outcome: ChangeRefused } | ({ outcome: "changed" | "unchanged" } & MessageRow);

const CHANGE = {
  name: "change_messages",
  text: "SELECT * FROM change_messages($1, $2, $3, $4, $5, $6, $7::text[]::role[], $8)",
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
