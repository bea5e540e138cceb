import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from } from "pg-copy-streams";

/** Rows that travel in one write: few enough to keep the pipe moving, enough to hide its cost. */
const ROWS_AT_ONCE = 500;

/** The pool gives a query seconds, which is right for a request and far too short for a million rows. */
const PATIENCE_MS = 24 * 3_600_000;

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A text as a field of COPY's text format. */
export function copyField(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

/**
 * Writes rows into a table. Each row holds its columns' values in COPY's text format, already escaped.
 * `target` is the program's own text, `messages (id, body)`.
 */
export async function copyInto(
  client: pg.PoolClient,
  target: string,
  rows: Iterable<readonly (string | number)[]>,
): Promise<void> {
  const copy = Object.assign(from(`COPY ${target} FROM STDIN`), { query_timeout: PATIENCE_MS });
  await pipeline(Readable.from(chunks(rows)), client.query(copy));
}

function* chunks(rows: Iterable<readonly (string | number)[]>): Generator<string> {
  let chunk = "";
  let held = 0;
  for (const row of rows) {
    chunk += `${row.join("\t")}\n`;
    held += 1;
    if (held < ROWS_AT_ONCE) continue;
    yield chunk;
    chunk = "";
    held = 0;
  }
  if (held > 0) yield chunk;
}
