/**
 * How well a text fits what was typed, lower is better, or null where it does not: the whole beginning first, then the
 * beginning of a later word, then a part, then the letters in their order with others between. Both folded by `fold`.
 */
export function fuzzyRank(text: string, typed: string): number | null {
  if (typed === "") return 0;
  const at = text.indexOf(typed);
  if (at === 0) return text.length === typed.length ? 0 : 1;
  if (at > 0) return /[\s._-]/.test(text.charAt(at - 1)) ? 2 : 3;
  let from = 0;
  let gaps = 0;
  for (const letter of typed) {
    const found = text.indexOf(letter, from);
    if (found < 0) return null;
    gaps += found - from;
    from = found + letter.length;
  }
  return 4 + gaps / 100;
}

/** Letters without case and marks, so that "jose" finds "José". */
export function fold(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The best of many, in their order where they fit alike. `namesOf` gives what is looked at. */
export function fuzzyBest<T>(all: Iterable<T>, typed: string, namesOf: (one: T) => string[], most: number): T[] {
  const sought = fold(typed);
  const ranked: { one: T; rank: number }[] = [];
  for (const one of all) {
    const ranks = namesOf(one).flatMap((name) => fuzzyRank(fold(name), sought) ?? []);
    if (ranks.length > 0) ranked.push({ one, rank: Math.min(...ranks) });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ one }) => one);
}
