// Not literals, because the compiler's target knows no "v" flag; every Node and browser since 2023 does.
const expression = (pattern: string, flags: "v" | "gv") => new RegExp(pattern, flags);
const ONE_EMOJI = expression(String.raw`^\p{RGI_Emoji}$`, "v");
const DRAWN_AS_TEXT = expression(String.raw`[\p{Emoji}--\p{Emoji_Presentation}](?!\p{Emoji_Modifier})`, "gv");

const NAME = /^:[a-z0-9_+-]{1,64}:$/;
const LONGEST = 64;

/** Asks for the colourful form of a character that is drawn as text otherwise. */
const PRESENTATION = "\u{FE0F}";

/**
 * The one spelling of what somebody reacts with: an emoji that Unicode recommends for interchange, or a `:name:`.
 * Keyboards differ in which of an emoji's invisible marks they write, and two spellings would be counted apart.
 * @returns null for anything else
 */
export function reactionEmoji(text: string): string | null {
  if (NAME.test(text)) return text;
  if (text.length > LONGEST) return null;
  const emoji = text.replaceAll(PRESENTATION, "").replace(DRAWN_AS_TEXT, `$&${PRESENTATION}`);
  return ONE_EMOJI.test(emoji) ? emoji : null;
}
