import { LOOKS_LIKE } from "@/lib/auth/confusables";

/** Case-folded: two texts that differ in case only become one. Final sigma counts as sigma. */
export function foldCase(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKC");
}

/** Every character replaced by what it looks like, accents kept. */
function look(text: string): string {
  const seen = Array.from(text.normalize("NFD"), (character) => LOOKS_LIKE.get(character) ?? character);
  // A dot above an i is there already: nobody sees a second one.
  return seen
    .join("")
    .replace(/([ij])\u0307/g, "$1")
    .normalize("NFD");
}

/**
 * What a name looks like, whatever letters and case it is written in (UTS 39's skeleton, case-folded): two names with
 * one skeleton cannot be told apart at a glance. Not for people to read.
 */
export function skeleton(text: string): string {
  let seen = look(text.normalize("NFKC"));
  // Folding the case can make a letter that looks like yet another one (Cyrillic М, Latin M, m, "rn").
  for (let next = look(foldCase(seen)); next !== seen; next = look(foldCase(seen))) seen = next;
  return seen;
}

/**
 * All that a name claims, sorted: how it looks as written, and how it looks in lower case. It takes both, because a
 * capital can look like another alphabet's letter where its small form does not (Greek Η and η).
 */
export function skeletonsOf(name: string): string[] {
  return [...new Set([skeleton(name), skeleton(foldCase(name))])].sort();
}
