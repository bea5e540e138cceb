import { skeletonsOf } from "@/lib/auth/skeleton";
import { parseMarkdown } from "@/lib/messages/markdown/parse";
import type { Block, Inline } from "@/lib/messages/markdown/tree";
import { type MentionPlace, mentionPlaces } from "@/lib/messages/mentions/mention-text";

/** A name that a message may call, as append_messages looks it up: whose it is, Postgres knows. */
export interface CalledName {
  /** Which place of the message it stands at; of several names at one place the longest that is somebody's counts. */
  place: number;
  length: number;
  skeleton: string;
}

/** What a message calls: names, and the words "channel" and "here". Null for nobody. */
export interface Called {
  names: CalledName[];
  words: ("channel" | "here")[];
}

/** Whom a body calls, outside of code, formulas and quotes: a quote calls nobody twice. */
export function calledIn(body: string): Called | null {
  if (!body.includes("@")) return null;
  const places = parseMarkdown(body).flatMap(placesIn);
  if (places.length === 0) return null;
  const words = (["channel", "here"] as const).filter((word) => places.some((place) => saysWord(place, word)));
  const names = places.flatMap((place, index) =>
    place.names.flatMap((name) =>
      skeletonsOf(name).map((skeleton): CalledName => ({ place: index, length: name.length, skeleton })),
    ),
  );
  return { names, words };
}

function saysWord({ names }: MentionPlace, word: string): boolean {
  return names.at(-1)?.toLowerCase() === word;
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
