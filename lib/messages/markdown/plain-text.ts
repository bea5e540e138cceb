import { parseMarkdown } from "@/lib/messages/markdown/parse";
import type { Block, Inline } from "@/lib/messages/markdown/tree";

const HIDDEN = "(spoiler)";

/** A body in plain words, for what is read out, previewed or notified: no marks, and nothing of what a spoiler hides. */
export function plainTextOf(body: string): string {
  return parseMarkdown(body).map(blockText).join("\n");
}

function blockText(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return inlineText(block.children);
    case "code":
      return block.text;
    case "math":
      return block.tex;
    case "quote":
      return block.children.map(blockText).join("\n");
    case "list":
      return block.items.map(({ children }) => children.map(blockText).join("\n")).join("\n");
    case "table":
      return [block.header, ...block.rows].map((row) => row.map(inlineText).join(" ")).join("\n");
    case "rule":
      return "";
  }
}

function inlineText(inlines: readonly Inline[]): string {
  return inlines.map(oneText).join("");
}

function oneText(inline: Inline): string {
  switch (inline.type) {
    case "text":
    case "code":
      return inline.text;
    case "break":
      return "\n";
    case "math":
      return inline.tex;
    case "spoiler":
      return HIDDEN;
    default:
      return inlineText(inline.children);
  }
}
