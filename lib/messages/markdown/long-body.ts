import type { Block, Inline } from "@/lib/messages/markdown/tree";

/** Of about this many characters is a line on an ordinary screen. */
const LINE = 100;
/** A block of code scrolls by itself when it is longer. */
const CODE_LINES_MOST = 20;
/** A body is folded only where that saves a good part of it. */
const LINES_MOST = 24;

/** Whether a body is so long that it is shown folded. It is told from the tree, so that server and browser agree. */
export function isLong(blocks: readonly Block[]): boolean {
  return linesOf(blocks) > LINES_MOST;
}

function linesOf(blocks: readonly Block[]): number {
  return blocks.reduce((lines, block) => lines + linesIn(block), 0);
}

function linesIn(block: Block): number {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return textLines(block.children);
    case "code":
      return Math.min(block.text.split("\n").length, CODE_LINES_MOST);
    case "quote":
      return linesOf(block.children);
    case "list":
      return block.items.reduce((lines, { children }) => lines + Math.max(1, linesOf(children)), 0);
    case "table":
      return 1 + block.rows.length;
    case "math":
      return 2;
    case "rule":
      return 1;
  }
}

function textLines(inlines: readonly Inline[]): number {
  return textOf(inlines)
    .split("\n")
    .reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / LINE)), 0);
}

function textOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ("children" in inline) return textOf(inline.children);
      if (inline.type === "math") return inline.tex;
      return inline.type === "break" ? "\n" : inline.text;
    })
    .join("");
}
