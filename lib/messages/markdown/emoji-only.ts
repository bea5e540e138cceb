const LONGEST = 80;
const EMOJI_ONLY =
  /^(?:\p{Extended_Pictographic}(?:[\u{1F3FB}-\u{1F3FF}\uFE0F]|\u200D\p{Extended_Pictographic})*|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|\s)+$/u;

/** Whether a body is nothing but a few emoji, which are drawn large. */
export function isEmojiOnly(body: string): boolean {
  return body.length <= LONGEST && EMOJI_ONLY.test(body) && /\S/.test(body);
}
