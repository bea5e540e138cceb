import { Lexer, type Token } from "marked";
import { EXTENSIONS } from "@/lib/messages/markdown/extensions";

/**
 * The lexer's expressions are quadratic in the marks of one run of text, and its blocks recurse. A body is at most
 * 16,000 characters, so these limits bound the work to milliseconds; whatever lies beyond them is shown as it was typed.
 */
const NESTED_MOST = 16;
const INDENT_MOST = 48;
const LINES_MOST = 1_000;
const MARKS_MOST = 400;
const MARKS_IN_ALL = 2_000;
/** Every row of a table is filled up to the width of its head. */
const CELLS_MOST = 4_000;

const CONTAINER = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;
const TABLE_RULE = /^[\s>|:-]*-[\s>|:-]*$/;
const MARKER = />|[-*+](?=[ \t]|$)|\d{1,9}[.)]/g;

function countOf(text: string, mark: RegExp): number {
  return text.match(mark)?.length ?? 0;
}

/** Whether the blocks of a body nest and repeat no more than people write. */
function hasTameBlocks(body: string): boolean {
  let containers = 0;
  let columns = 0;
  const lines = body.split("\n");
  for (const line of lines) {
    if (TABLE_RULE.test(line)) columns = Math.max(columns, countOf(line, /\|/g));
    const prefix = CONTAINER.exec(line)?.[0];
    if (prefix === undefined) continue;
    containers += 1;
    if (prefix.search(/\S/) > INDENT_MOST || countOf(prefix, MARKER) > NESTED_MOST) return false;
  }
  return containers <= LINES_MOST && columns * lines.length <= CELLS_MOST;
}

/** The tokens of a body; null when it is too wild to be read as Markdown. */
export function tokensOf(body: string): Token[] | null {
  if (!hasTameBlocks(body)) return null;
  try {
    const lexer = new Lexer({ gfm: true, breaks: true, extensions: EXTENSIONS });
    const tokens = lexer.blockTokens(body.replace(/\r\n?/g, "\n"), []);
    let marks = 0;
    for (const { src, tokens: into } of lexer.inlineQueue) {
      const here = countOf(src, /[*_~`[\]<>!@&\\:.|$]/g);
      marks += here;
      if (here > MARKS_MOST || marks > MARKS_IN_ALL) into.push({ type: "text", raw: src, text: src });
      else lexer.inlineTokens(src, into);
    }
    return tokens;
  } catch {
    // The lexer gives up by throwing, out of its own loop guard or out of stack.
    return null;
  }
}
