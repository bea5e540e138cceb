import type { Random } from "@/bin/seed/random";
import { type Language, SENTENCES, SHORT } from "@/bin/seed/sentences";
import { CODE, EMOJI, INLINE_CODE, LINKS } from "@/bin/seed/snippets";

type Form = (random: Random, language: Language) => string;

const sentence: Form = (random, language) => random.pick(SENTENCES[language]);

function joined(random: Random, language: Language, count: number, between: string): string {
  return Array.from({ length: count }, () => sentence(random, language)).join(between);
}

/** Chinese and Japanese sentences stand next to each other without a space. */
const paragraph: Form = (random, language) =>
  joined(random, language, 2 + random.below(4), language === "ja" || language === "zh" ? "" : " ");

const short: Form = (random, language) => random.pick(SHORT[language]);
const emoji: Form = (random) => Array.from({ length: 1 + random.below(3) }, () => random.pick(EMOJI)).join("");
const cheerful: Form = (random, language) => `${sentence(random, language)} ${random.pick(EMOJI)}`;
const linked: Form = (random, language) => `${sentence(random, language)} ${random.pick(LINKS)}`;
const technical: Form = (random, language) => `${sentence(random, language)} ${random.pick(INLINE_CODE)}`;
const stressed: Form = (random, language) => `**${short(random, language)}** ${sentence(random, language)}`;
const code: Form = (random, language) => `${sentence(random, language)}\n\n${random.pick(CODE)}`;
const quote: Form = (random, language) => `> ${sentence(random, language)}\n\n${sentence(random, language)}`;
const list: Form = (random, language) => `- ${joined(random, language, 2 + random.below(4), "\n- ")}`;
const steps: Form = (random, language) =>
  Array.from({ length: 2 + random.below(3) }, (_, index) => `${index + 1}. ${sentence(random, language)}`).join("\n");
const letter: Form = (random, language) =>
  Array.from({ length: 2 + random.below(4) }, () => paragraph(random, language)).join("\n\n");

/** How often each form is used, in hundredths: mostly single sentences, as in any chat. */
const FORMS: readonly (readonly [number, Form])[] = [
  [42, sentence],
  [16, short],
  [12, paragraph],
  [7, cheerful],
  [5, emoji],
  [4, linked],
  [3, technical],
  [3, quote],
  [2, stressed],
  [2, code],
  [1, list],
  [1, steps],
  [2, letter],
];

/** What somebody who speaks `language` says next: from one word to several paragraphs, in Markdown. */
export function bodyOf(random: Random, language: Language): string {
  let left = random.below(100);
  for (const [share, form] of FORMS) {
    left -= share;
    if (left < 0) return form(random, language);
  }
  return sentence(random, language);
}
