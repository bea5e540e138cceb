import { applyEdit, writingIn } from "@/lib/messages/compose/apply-edit";
import { continueLine } from "@/lib/messages/compose/continue-list";
import { type Edit, isInFence, type Writing } from "@/lib/messages/compose/edit";
import { type LineMark, type Mark, makeLink, toggleCode, toggleLines, toggleMark } from "@/lib/messages/compose/marks";

const mark = (sign: Mark) => (writing: Writing) => toggleMark(writing, sign);
const lines = (kind: LineMark) => (writing: Writing) => toggleLines(writing, kind);

/** What the toolbar and the keys do to the text in a box. */
export const FORMATS = {
  bold: mark("**"),
  italic: mark("_"),
  strike: mark("~~"),
  code: toggleCode,
  link: (writing: Writing) => makeLink(writing),
  quote: lines("quote"),
  bullets: lines("bullets"),
  numbers: lines("numbers"),
  spoiler: mark("||"),
} satisfies Record<string, (writing: Writing) => Edit>;

export type Format = keyof typeof FORMATS;

export function format(box: HTMLTextAreaElement, name: Format): void {
  applyEdit(box, FORMATS[name](writingIn(box)));
}

/** A key press, as far as it matters here. */
interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** The format that a key combination stands for; null for none. */
function formatOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Press, selected: boolean): Format | null {
  if (ctrlKey === metaKey || altKey) return null;
  const letter = key.toLowerCase();
  if (shiftKey) return letter === "x" ? "strike" : null;
  // Without words to link, Ctrl+K is left to whoever else listens for it.
  if (letter === "k") return selected ? "link" : null;
  return ({ b: "bold", i: "italic", e: "code" } as const)[letter] ?? null;
}

/**
 * Formats what is selected, or goes on with a list, where the key pressed asks for that.
 * @returns whether the key was used
 */
export function pressFormat(box: HTMLTextAreaElement, press: Press): boolean {
  const writing = writingIn(box);
  const name = formatOf(press, writing.start !== writing.end);
  if (name !== null) {
    format(box, name);
    return true;
  }
  if (press.key !== "Enter" || press.altKey || press.ctrlKey || press.metaKey) return false;
  const next = press.shiftKey ? continueLine(writing) : null;
  if (next !== null) applyEdit(box, next);
  return next !== null;
}

/** Whether Enter is a line of the code being written, and not the end of the message. */
export function isWritingCode(box: HTMLTextAreaElement): boolean {
  return isInFence(box.value, box.selectionStart);
}
