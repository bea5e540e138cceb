import { parseMarkdown } from "@/lib/messages/markdown/parse";
import type { Block, Inline } from "@/lib/messages/markdown/tree";
import { pageUrl } from "@/lib/messages/previews/page-url";

/** A message with more links than this is a list of them, and what each leads to would bury it. */
const LINKS_MOST = 3;

/** The addresses in a body of which previews are shown: none of those that a spoiler hides. */
export function previewedLinks(body: string): string[] {
  const all = new Set(parseMarkdown(body).flatMap(linksInBlock));
  return all.size > LINKS_MOST ? [] : [...all].filter((address) => pageUrl(address) !== null);
}

function linksInBlock(block: Block): string[] {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return block.children.flatMap(linksIn);
    case "quote":
      return block.children.flatMap(linksInBlock);
    case "list":
      return block.items.flatMap(({ children }) => children.flatMap(linksInBlock));
    case "table":
      return [block.header, ...block.rows].flat(2).flatMap(linksIn);
    default:
      return [];
  }
}

function linksIn(inline: Inline): string[] {
  if (inline.type === "link") return /^https?:/i.test(inline.href) ? [inline.href] : [];
  return inline.type !== "spoiler" && "children" in inline ? inline.children.flatMap(linksIn) : [];
}
