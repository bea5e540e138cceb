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
 * Completes `:name:` in a text. `replace` puts an emoji in the place of a part of the text.
 * `look` is called after each change of the text or the caret; `press` answers whether it used a key.
 */
export function useEmojiCompletion(replace: (from: number, to: number, symbol: string) => void) {
  const [popup, setPopup] = useState<Popup | null>(null);
  const close = useCallback(() => setPopup(null), []);

  const look = async (box: HTMLTextAreaElement, typed: boolean) => {
    const query = queryAt(box.value, box.selectionStart);
    if (query === null || box.selectionStart !== box.selectionEnd) return close();
    const index = await loadEmoji().catch(() => []);
    const caret = box.selectionStart;
    const now = queryAt(box.value, caret);
    if (now?.at !== query.at || now.name !== query.name) return;
    if (now.closed) {
      close();
      const exact = index.find(({ name }) => name === now.name.toLowerCase());
      if (exact !== undefined && typed) replace(now.at, caret, exact.symbol);
      return;
    }
    const emoji = matching(index, now.name);
    setPopup(emoji.length === 0 ? null : { emoji, active: 0, from: now.at, to: caret });
  };

  const choose = (index: number) => {
    const emoji = popup?.emoji[index];
    if (popup === null || emoji === undefined) return;
    close();
    replace(popup.from, popup.to, emoji.symbol);
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
