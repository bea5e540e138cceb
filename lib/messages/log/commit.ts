import { pool } from "@/lib/db/database";
import { contentHash } from "@/lib/messages/log/content-hash";

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

interface Row {
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
  const { rows } = await pool().query<Row>({
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
