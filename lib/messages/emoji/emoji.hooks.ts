import { useCallback, useState } from "react";
import { type Emoji, loadEmoji, matching, queryAt } from "@/lib/messages/emoji/emoji";

interface Popup {
  emoji: Emoji[];
  active: number;
  /** The part of the text that a choice replaces. */
  from: number;
  to: number;
}

/**
 * Completes `:name:` in a text. `replace` puts an emoji, or what a choice adds to it, in the place of a part of the text.
 * `look` is called after each change of the text or the caret; `press` answers whether it used a key.
 */
export function useEmojiCompletion(replace: (from: number, to: number, text: string) => void) {
  const [popup, setPopup] = useState<Popup | null>(null);
  const close = useCallback(() => setPopup(null), []);

  const look = async (box: HTMLTextAreaElement, typed: boolean) => {
    const caret = box.selectionStart;
    // A colon may begin a name, which is whole before its emoji are there unless they are fetched now.
    if (typed && box.value[caret - 1] === ":") void loadEmoji().catch(() => []);
    const query = queryAt(box.value, caret);
    if (query === null || caret !== box.selectionEnd) return close();
    const index = await loadEmoji().catch(() => []);
    if (query.closed) {
      close();
      const exact = index.find(({ name }) => name === query.name.toLowerCase());
      const stillThere = box.value.slice(query.at, caret) === `:${query.name}:`;
      if (exact !== undefined && typed && stillThere) replace(query.at, caret, exact.symbol);
      return;
    }
    const now = queryAt(box.value, box.selectionStart);
    if (now?.at !== query.at || now.name !== query.name || now.closed) return;
    const emoji = matching(index, query.name);
    setPopup(emoji.length === 0 ? null : { emoji, active: 0, from: query.at, to: caret });
  };

  const choose = (index: number) => {
    const emoji = popup?.emoji[index];
    if (popup === null || emoji === undefined) return;
    close();
    replace(popup.from, popup.to, `${emoji.symbol} `);
  };

  const press = (key: string): boolean => {
    if (popup === null) return false;
    const count = popup.emoji.length;
    if (key === "ArrowDown") setPopup({ ...popup, active: (popup.active + 1) % count });
    else if (key === "ArrowUp") setPopup({ ...popup, active: (popup.active + count - 1) % count });
    else if (key === "Enter" || key === "Tab") choose(popup.active);
    else if (key === "Escape") close();
    else return false;
    return true;
  };

  return { popup, look, choose, press, close };
}
