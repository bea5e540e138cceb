import { type Edit, isInFence, lineStart, type Writing } from "@/lib/messages/compose/edit";

const ITEM = /^(\s*(?:> ?)*)([-*+]|(\d{1,9})([.)]))( {1,4})(\[[ xX]\] )?/;
const QUOTE = /^(?:> ?)+/;

/**
 * What a line break adds in a list or quote: the next item or line of it. In an item in which nothing was written the
 * list ends. Null where the line is nothing of the kind.
 */
export function continueLine({ text, start, end }: Writing): Edit | null {
  if (start !== end || isInFence(text, start)) return null;
  const from = lineStart(text, start);
  const next = text.indexOf("\n", start);
  const line = text.slice(from, next < 0 ? text.length : next);
  const mark = markOf(line);
  if (mark === null || start - from < mark.length) return null;
  if (line.trimEnd() === mark.trimEnd()) return { from, to: from + line.length, insert: "", start: from, end: from };
  const insert = `\n${following(mark)}`;
  return { from: start, to: start, insert, start: start + insert.length, end: start + insert.length };
}

function markOf(line: string): string | null {
  return ITEM.exec(line)?.[0] ?? QUOTE.exec(line)?.[0] ?? null;
}

/** The mark of the next item: one more, and not done yet. */
function following(mark: string): string {
  const [, indent = "", bullet = "", number, sign = "", space = "", task] = ITEM.exec(mark) ?? [];
  if (bullet === "") return mark;
  const next = number === undefined ? bullet : `${Number(number) + 1}${sign}`;
  return indent + next + space + (task === undefined ? "" : "[ ] ");
}
