import type { SkinTone } from "@/lib/messages/emoji/recent-emoji";

/** One emoji as the picker shows it. */
export interface CatalogueEmoji {
  symbol: string;
  label: string;
  /** What it can be typed by between colons. */
  names: readonly string[];
  /** Words that it is found by besides. */
  tags: readonly string[];
  /** By skin tone, lightest first; none where it has none. */
  tones: readonly string[];
}

export interface Category {
  name: string;
  emoji: readonly CatalogueEmoji[];
}

/** The groups of Unicode, in the order in which they are shown; the parts that emoji are made of are none of them. */
const CATEGORIES: readonly [group: number, name: string][] = [
  [0, "Smileys"],
  [1, "People"],
  [3, "Nature"],
  [4, "Food"],
  [5, "Travel"],
  [6, "Activities"],
  [7, "Objects"],
  [8, "Symbols"],
  [9, "Flags"],
];

const MODIFIERS = ["1F3FB", "1F3FC", "1F3FD", "1F3FE", "1F3FF"];
const MOST_FOUND = 80;

let loading: Promise<readonly Category[]> | null = null;

/** All emoji by category, fetched once, at the first use. */
export function loadCatalogue(): Promise<readonly Category[]> {
  loading ??= Promise.all([
    import("emojibase-data/en/compact.json"),
    import("emojibase-data/en/shortcodes/github.json"),
  ]).then(([{ default: all }, { default: shortcodes }]) => {
    const names = new Map(Object.entries(shortcodes).map(([hexcode, given]) => [hexcode, [given].flat()]));
    return CATEGORIES.map(([group, name]) => ({
      name,
      emoji: all
        .filter((one) => one.group === group)
        .map((one) => ({
          symbol: one.unicode,
          label: one.label,
          names: names.get(one.hexcode) ?? [],
          tags: one.tags ?? [],
          tones: tonesOf(one.skins ?? []),
        })),
    }));
  });
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

/** Of the pairs of people, who can differ in tone, those who do not. */
function tonesOf(skins: readonly { hexcode: string; unicode: string }[]): string[] {
  return MODIFIERS.flatMap((modifier) => {
    const toned = skins.find(({ hexcode }) =>
      hexcode.split("-").every((point) => point === modifier || !MODIFIERS.includes(point)),
    );
    return toned === undefined ? [] : [toned.unicode];
  });
}

/** An emoji in a skin tone, where it has one. */
export function inTone({ symbol, tones }: CatalogueEmoji, tone: SkinTone): string {
  return tone === 0 ? symbol : (tones[tone - 1] ?? symbol);
}

/** What fits the words sought, the best first: by a name's beginning, then a word's beginning, then anything within. */
export function findEmoji(catalogue: readonly Category[], sought: string): CatalogueEmoji[] {
  const words = sought
    .toLowerCase()
    .replaceAll(":", " ")
    .split(/[\s_]+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const ranked = catalogue
    .flatMap(({ emoji }) => emoji)
    .map((emoji) => ({ emoji, rank: rankOf(emoji, words) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY);
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST_FOUND)
    .map(({ emoji }) => emoji);
}

function rankOf({ label, names, tags }: CatalogueEmoji, words: string[]): number {
  const parts = [...names.flatMap((name) => name.split("_")), ...label.toLowerCase().split(/[\s-]+/)];
  let rank = 0;
  for (const word of words) {
    if (names.includes(word)) rank += 0;
    else if (names.some((name) => name.startsWith(word))) rank += 1;
    else if (parts.some((part) => part.startsWith(word))) rank += 2;
    else if (tags.some((tag) => tag.startsWith(word))) rank += 3;
    else if ([label.toLowerCase(), ...names, ...tags].some((text) => text.includes(word))) rank += 4;
    else return Number.POSITIVE_INFINITY;
  }
  return rank;
}
