/** An emoji and one of the names it can be typed by. */
export interface Emoji {
  name: string;
  symbol: string;
}

/** What can be typed, sorted by name. */
export type EmojiIndex = readonly Emoji[];

const SHOWN = 8;

/** The characters of an emoji from its code points in hexadecimal, joined by "-". */
function symbolOf(hexcode: string): string {
  const symbol = String.fromCodePoint(...hexcode.split("-").map((point) => Number.parseInt(point, 16)));
  return /\p{Emoji_Presentation}|\uFE0F/u.test(symbol) ? symbol : `${symbol}\uFE0F`;
}

let loading: Promise<EmojiIndex> | null = null;

/** The emoji by their names, fetched once, at the first use. */
export function loadEmoji(): Promise<EmojiIndex> {
  loading ??= import("emojibase-data/en/shortcodes/github.json").then(({ default: names }) =>
    Object.entries(names)
      .flatMap(([hexcode, name]) => [name].flat().map((each) => ({ name: each, symbol: symbolOf(hexcode) })))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

/** The emoji whose name begins with `start`, shortest first, and then those that merely contain it; eight at most. */
export function matching(index: EmojiIndex, start: string): Emoji[] {
  const sought = start.toLowerCase();
  const begin = index.filter(({ name }) => name.startsWith(sought)).sort((a, b) => a.name.length - b.name.length);
  const contain = index.filter(({ name }) => name.indexOf(sought) > 0);
  return [...begin, ...contain].slice(0, SHOWN);
}

/** A name being typed before the caret: where its colon stands, and what follows it. */
export interface EmojiQuery {
  at: number;
  name: string;
  /** Whether the closing colon has been typed. */
  closed: boolean;
}

/** The emoji name that ends at `caret`; null where there is none. A colon inside a word, as in a time, begins no name. */
export function queryAt(text: string, caret: number): EmojiQuery | null {
  const match = /(?:^|[\s(])(:([\w+-]{2,40})(:?))$/.exec(text.slice(Math.max(0, caret - 50), caret));
  const [, whole, name, colon] = match ?? [];
  if (whole === undefined || name === undefined) return null;
  return { at: caret - whole.length, name, closed: colon === ":" };
}
