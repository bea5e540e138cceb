import { applyEdit, writingIn } from "@/lib/messages/compose/apply-edit";
import { isInFence } from "@/lib/messages/compose/edit";
import { isAddress, makeLink } from "@/lib/messages/compose/marks";

/** What is larger is pasted as its text: nobody writes so much by hand, and reading it would be felt. */
const HTML_MOST = 400_000;
/** The editors' own mark on what was copied out of them: code, whose colours are no formatting. */
const FROM_EDITOR = "vscode-editor-data";

/**
 * Pastes what is better than its plain text: an address over words makes them a link, and formatted text becomes
 * Markdown.
 * @returns whether it took the paste over; the browser does it otherwise, as for Ctrl+Shift+V, which brings text alone
 */
export function pasteInto(box: HTMLTextAreaElement, clipboard: DataTransfer): boolean {
  const writing = writingIn(box);
  const plain = clipboard.getData("text/plain");
  const html = clipboard.getData("text/html");
  const chosen = writing.text.slice(writing.start, writing.end);
  const address = plain.trim();
  if (isInFence(writing.text, writing.start)) return false;
  if (isAddress(address) && chosen.trim() !== "" && !chosen.includes("\n") && !isAddress(chosen.trim())) {
    applyEdit(box, makeLink(writing, address));
    return true;
  }
  const formatted = html !== "" && html.length <= HTML_MOST && !clipboard.types.includes(FROM_EDITOR);
  if (!formatted || isAddress(address)) return false;
  import("@/lib/messages/compose/html-to-markdown").then(
    ({ markdownFromHtml }) => insert(box, markdownFromHtml(html) || plain),
    () => insert(box, plain),
  );
  return true;
}

function insert(box: HTMLTextAreaElement, text: string): void {
  const { selectionStart: from, selectionEnd: to } = box;
  const caret = from + text.length;
  applyEdit(box, { from, to, insert: text, start: caret, end: caret });
}
