const MOST = 23;
const LINES_MOST = 3;
/** The longest single emoji, a family with skin tones, is some 40 characters. */
const LONGEST = 1_000;
const ONE =
  /\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:[\u{1F3FB}-\u{1F3FF}\uFE0F]|[\u{E0020}-\u{E007F}]|\u200D\p{Extended_Pictographic})*/gu;

/** Whether a body is nothing but a few emoji, which are drawn large. */
export function isEmojiOnly(body: string): boolean {
  if (body.length > LONGEST || body.trim() === "" || body.split("\n").length > LINES_MOST) return false;
  let count = 0;
  const rest = body.replace(ONE, () => {
    count += 1;
    return "";
  });
  return rest.trim() === "" && count <= MOST;
}
