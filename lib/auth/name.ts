import { codePoints, storableText } from "@/lib/shared/text";

/** Letters with their marks, and digits; dots, underscores and hyphens only between them. */
const USERNAME = /^[\p{L}\p{Nd}]\p{M}*(?:[._-]*[\p{L}\p{Nd}]\p{M}*)*$/u;
const NICKNAME = /^[\p{L}\p{Nd}]\p{M}*(?:(?: |[._-]*)[\p{L}\p{Nd}]\p{M}*)*$/u;

/** Characters that nobody sees, among them some that Unicode counts as letters, marks or signs (the blank of Braille). */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/u;

/** More marks on one letter than any script writes: they would climb over the lines around them. */
const PILED_MARKS = /\p{M}{5}/u;

function nameOf(min: number, max: number, fault: (name: string) => string | null) {
  return storableText.transform((text, context) => {
    // The longest text that could still fit: no name of this length shrinks eighteenfold under NFKC.
    const name = text.length > max * 20 ? text : text.normalize("NFKC");
    const found = lengthFault(name, min, max) ?? fault(name);
    if (found !== null) context.addIssue({ code: "custom", message: found });
    return name;
  });
}

function lengthFault(name: string, min: number, max: number): string | null {
  if (name.length > max && codePoints(name) > max) return `must have at most ${max} characters`;
  return codePoints(name) < min ? `must have at least ${min} ${min === 1 ? "character" : "characters"}` : null;
}

function markFault(name: string): string | null {
  if (INVISIBLE.test(name)) return "must not contain invisible characters";
  if (/^\p{M}/u.test(name)) return "must not begin with an accent";
  return PILED_MARKS.test(name) ? "must not pile up accents" : null;
}

/** A username, NFKC-normalised: 2 to 32 characters. */
export const usernameSchema = nameOf(2, 32, (name) => {
  if (!USERNAME.test(name)) return "must be letters and digits, with . _ or - only between them";
  return markFault(name);
});

/** A guest's name, NFKC-normalised: a username that may have single spaces inside. */
export const nicknameSchema = nameOf(2, 32, (name) => {
  if (!NICKNAME.test(name)) return "must be letters and digits, with single spaces, . _ or - only between them";
  return markFault(name);
});

/** The name that is shown: 1 to 64 characters of any visible kind. */
export const displayNameSchema = nameOf(1, 64, (name) => {
  if (/^\s|\s$|\s\s/u.test(name)) return "must have single spaces, and only between words";
  return markFault(name);
});
