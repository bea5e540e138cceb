/** A place in a text where somebody may be called: where its @ stands, and the names that it could mean, longest first. */
export interface MentionPlace {
  at: number;
  names: string[];
}

/** An @ inside a word, as in an e-mail address, calls nobody. */
const BEGINS = /(?<![\p{L}\p{N}\p{M}_.@/-])@(?=[\p{L}\p{Nd}])/gu;
/** What a nickname looks like (lib/auth/name.ts), as far as it goes. */
const NAME = /^[\p{L}\p{Nd}]\p{M}*(?:(?: |[._-]*)[\p{L}\p{Nd}]\p{M}*){0,31}/u;
const BETWEEN_WORDS = /[ ._-]+/gu;
/** A name of four words has more than most who have spaces in theirs. */
const MOST_NAMES = 4;
/** No name is longer (lib/auth/name.ts). */
const LONGEST = 32;
/** More than this in one message is no conversation. */
const MOST_PLACES = 100;

/** Where somebody may be called in a text. Who it is, those decide who know the names. */
export function mentionPlaces(text: string): MentionPlace[] {
  const places: MentionPlace[] = [];
  for (const { index } of text.matchAll(BEGINS)) {
    if (places.length === MOST_PLACES) break;
    const whole = NAME.exec(text.slice(index + 1, index + 1 + 3 * LONGEST))?.[0] ?? "";
    const ends = [...whole.matchAll(BETWEEN_WORDS)].map((between) => between.index);
    const names = [...ends, whole.length].map((end) => whole.slice(0, end)).toReversed();
    // The longest may be a sentence that goes on: the shortest, a single word, is always among those tried.
    places.push({ at: index, names: names.slice(-MOST_NAMES).filter((name) => Array.from(name).length <= LONGEST) });
  }
  return places;
}

/** A piece of a text: plain, or one that calls somebody. */
export type MentionPiece = { text: string; called: null } | { text: string; called: string };

/**
 * A text cut where it calls somebody. `calledBy` says who a name means (an account's id, "channel", "here"), or null.
 */
export function mentionPieces(text: string, calledBy: (name: string) => string | null): MentionPiece[] {
  const pieces: MentionPiece[] = [];
  let done = 0;
  for (const { at, names } of mentionPlaces(text)) {
    const name = names.find((one) => calledBy(one) !== null);
    const called = name === undefined ? null : calledBy(name);
    if (name === undefined || called === null || at < done) continue;
    if (at > done) pieces.push({ text: text.slice(done, at), called: null });
    pieces.push({ text: text.slice(at, at + 1 + name.length), called });
    done = at + 1 + name.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), called: null });
  return pieces;
}

/** The word that calls many at this place, or null. "@channel-boats" is a name that begins like one. */
export function wordAt({ names }: MentionPlace): "channel" | "here" | null {
  const word = names.at(-1)?.toLowerCase();
  if (word !== "channel" && word !== "here") return null;
  const joined = names.at(-2)?.charAt(word.length);
  return joined === undefined || joined === " " ? word : null;
}
