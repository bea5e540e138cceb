import type { MarkedOptions, TokenizerExtensionFunction } from "marked";

/** What chats have beyond GFM: `||spoilers||`, `$formulas$`, and `$$formulas$$` that stand by themselves. */

/** A longer formula is shown as it was typed. */
const TEX_MOST = 2_000;

const JOINED = /[\p{L}\p{N}$\\]$/u;
const JOINED_ON = /^[\p{L}\p{N}$]/u;
/** Money and the words after it: "$5 and 6$" is no formula. */
const PROSE = /^\d.*(?<![\\\p{L}])\p{L}{2}/u;

/** Hugged by its marks: `a || b` is code that somebody talks about. */
const spoiler: TokenizerExtensionFunction = function (src) {
  if (!src.startsWith("||") || /^[|\s]/.test(src.slice(2, 3))) return;
  let close = src.indexOf("||", 3);
  while (close > 0 && /\s/.test(src.charAt(close - 1))) close = src.indexOf("||", close + 1);
  if (close < 0) return;
  const raw = src.slice(0, close + 2);
  return { type: "spoiler", raw, tokens: this.lexer.inlineTokens(src.slice(2, close), []) };
};

/** A formula hugs its marks, stands apart from words, and does not read like money. */
const formula: TokenizerExtensionFunction = (src, tokens) => {
  if (!src.startsWith("$") || JOINED.test(tokens.at(-1)?.raw ?? "")) return;
  const mark = src.startsWith("$$") ? "$$" : "$";
  const close = closingMark(src, mark);
  if (close < 0) return;
  const tex = src.slice(mark.length, close);
  if (tex !== tex.trim() || tex.startsWith("$") || PROSE.test(tex)) return;
  return { type: "formula", raw: src.slice(0, close + mark.length), tex, display: mark === "$$" };
};

/** Where a formula's end mark stands on the same line; -1 for nowhere near enough. */
function closingMark(src: string, mark: string): number {
  const line = src.slice(0, TEX_MOST).split("\n", 1)[0] ?? "";
  let close = line.indexOf(mark, mark.length + 1);
  while (close > 0) {
    const hugged = !/[\s\\]/.test(line.charAt(close - 1));
    if (hugged && !JOINED_ON.test(line.slice(close + mark.length))) return close;
    close = line.indexOf(mark, close + 1);
  }
  return -1;
}

/** A formula by itself: from `$$` at the beginning of a line to `$$` at the end of one. */
const formulaBlock: TokenizerExtensionFunction = (src) => {
  const open = /^ {0,3}\$\$(?!\$)/.exec(src)?.[0];
  if (open === undefined) return;
  const close = src.indexOf("$$", open.length);
  const tail = close < 0 ? null : /^\$\$[ \t]*(?:\n+|$)/.exec(src.slice(close, close + 200));
  const tex = src.slice(open.length, close).trim();
  if (tail === null || tex === "" || tex.length > TEX_MOST || /\n[ \t]*\n/.test(tex)) return;
  return { type: "formula", raw: src.slice(0, close) + tail[0], tex, display: true };
};

/** The nearest place where one of them may begin, so that plain text stops there. */
function nearest(src: string): number | undefined {
  const found = [src.indexOf("||"), src.indexOf("$")].filter((index) => index >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}

function nearestBlock(src: string): number | undefined {
  const found = src.indexOf("\n$$");
  return found < 0 ? undefined : found + 1;
}

export const EXTENSIONS: NonNullable<MarkedOptions["extensions"]> = {
  renderers: {},
  childTokens: {},
  inline: [spoiler, formula],
  startInline: [nearest],
  block: [formulaBlock],
  startBlock: [nearestBlock],
};
