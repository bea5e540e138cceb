import type { Edit, Writing } from "@/lib/messages/compose/edit";

/** What stands in a text box. */
export function writingIn({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Writing {
  return { text: value, start: selectionStart, end: selectionEnd };
}

/**
 * Makes an edit in a text box as if it were typed, so that Ctrl+Z takes it back. `execCommand` is deprecated and has
 * no successor: it alone writes into the browser's own undo history. It makes the `input` event from which React knows.
 */
export function applyEdit(box: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
  box.focus({ preventScroll: true });
  box.setSelectionRange(from, to);
  const typed =
    insert === "" ? from === to || document.execCommand("delete") : document.execCommand("insertText", false, insert);
  if (!typed) {
    box.setRangeText(insert, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.setSelectionRange(start, end);
}
