import { parseMarkdown } from "@/lib/messages/markdown/parse";
import type { Block, Inline } from "@/lib/messages/markdown/tree";
import { type MentionPlace, mentionPlaces, wordAt } from "@/lib/messages/mentions/mention-text";

/** Where a body may call somebody, outside of code, formulas and quotes: a quote calls nobody twice. */
export function placesCalled(body: string): MentionPlace[] {
  return body.includes("@") ? parseMarkdown(body).flatMap(placesIn) : [];
}

/** Whether a body calls many at once. */
export function callsMany(body: string): boolean {
  return placesCalled(body).some((place) => wordAt(place) !== null);
}

function placesIn(block: Block): MentionPlace[] {
  switch (block.type) {
    case "paragraph":
    case "heading":
      return block.children.flatMap(inlinePlaces);
    case "list":
      return block.items.flatMap(({ children }) => children.flatMap(placesIn));
    case "table":
      return [block.header, ...block.rows].flat().flatMap((cell) => cell.flatMap(inlinePlaces));
    case "quote":
    case "code":
    case "math":
    case "rule":
      return [];
  }
}

function inlinePlaces(inline: Inline): MentionPlace[] {
  if (inline.type === "text") return mentionPlaces(inline.text);
  return "children" in inline ? inline.children.flatMap(inlinePlaces) : [];
}
