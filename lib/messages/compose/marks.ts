import { type Edit, lineStart, type Writing } from "@/lib/messages/compose/edit";

export type Mark = "**" | "_" | "~~" | "||";

/** Puts a mark around what is selected, blanks at its ends left outside, or takes it away where it is there. */
export function toggleMark({ text, start, end }: Writing, mark: Mark | "`"): Edit {
  const chosen = text.slice(start, end);
  const from = start + (chosen.length - chosen.trimStart().length);
  const to = Math.max(from, end - (chosen.length - chosen.trimEnd().length));
  const inner = text.slice(from, to);
  const width = mark.length;
  if (inner.length >= 2 * width && standsAround(text, from + width, to - width, mark)) {
    const bare = inner.slice(width, -width);
    return { from, to, insert: bare, start: from, end: from + bare.length };
  }
  if (standsAround(text, from, to, mark)) {
    return { from: from - width, to: to + width, insert: inner, start: from - width, end: to - width };
  }
  return { from, to, insert: mark + inner + mark, start: from + width, end: to + width };
}

/** Whether a mark ends at `from` and begins at `to`. One sign of a pair is no mark of its own: `__bold__` is not italic. */
function standsAround(text: string, from: number, to: number, mark: string): boolean {
  const { length } = mark;
  if (from < length || text.slice(from - length, from) !== mark || text.slice(to, to + length) !== mark) return false;
  return length > 1 || runBefore(text, from, mark) % 2 === 1;
}

function runBefore(text: string, at: number, sign: string): number {
  let count = 0;
  while (text[at - 1 - count] === sign) count += 1;
  return count;
}

/** Code: a span in a line, a fenced block for more than one. */
export function toggleCode(writing: Writing): Edit {
  const { text, start, end } = writing;
  const chosen = text.slice(start, end);
  if (!chosen.includes("\n")) return toggleMark(writing, "`");
  const fenced = /^```[^\n]*\n([\s\S]*?)\n?```$/.exec(chosen.trim())?.[1];
  if (fenced !== undefined) return { from: start, to: end, insert: fenced, start, end: start + fenced.length };
  const before = start === lineStart(text, start) ? "```\n" : "\n```\n";
  const after = text[end] === "\n" || end === text.length ? "\n```" : "\n```\n";
  const begin = start + before.length;
  return { from: start, to: end, insert: before + chosen + after, start: begin, end: begin + chosen.length };
}

/** A link on what is selected; where that is an address itself, its words are what is left to write. */
export function makeLink({ text, start, end }: Writing, address: string | null = null): Edit {
  const chosen = text.slice(start, end);
  if (address !== null) {
    const insert = `[${escaped(chosen)}](${address})`;
    return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
  }
  if (isAddress(chosen)) {
    return { from: start, to: end, insert: `[](${chosen})`, start: start + 1, end: start + 1 };
  }
  const insert = `[${escaped(chosen)}]()`;
  const caret = chosen === "" ? start + 1 : start + insert.length - 1;
  return { from: start, to: end, insert, start: caret, end: caret };
}

function escaped(words: string): string {
  return words.replace(/[[\]]/g, "\\$&");
}

/** Whether a text is one web address and nothing else. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>]+$/i.test(text) && URL.canParse(text);
}

/** What a line of each kind begins with. */
export const LINE_MARKS = { quote: /^> ?/, bullets: /^[-*+] /, numbers: /^\d{1,9}[.)] / };
export type LineMark = keyof typeof LINE_MARKS;

/** Makes the selected lines a quote or a list, or plain lines again where all of them are one already. */
export function toggleLines({ text, start, end }: Writing, kind: LineMark): Edit {
  const from = lineStart(text, start);
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const present = LINE_MARKS[kind];
  const off = lines.every((line) => present.test(line));
  const others = Object.values(LINE_MARKS).filter((mark) => kind !== "quote" && mark !== LINE_MARKS.quote);
  const insert = lines
    .map((line, index) => {
      if (off) return line.replace(present, "");
      const bare = others.reduce((rest, mark) => rest.replace(mark, ""), line);
      return { quote: "> ", bullets: "- ", numbers: `${index + 1}. ` }[kind] + bare;
    })
    .join("\n");
  const after = from + insert.length;
  return { from, to, insert, start: lines.length > 1 ? from : after, end: after };
}
