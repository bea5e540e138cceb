import { useCallback, useState } from "react";
import type { Completion, CompletionSource, Query } from "@/lib/messages/completion/source";

interface Popup {
  name: string;
  choices: Completion[];
  active: number;
  /** The part of the text that a choice replaces. */
  from: number;
  to: number;
}

/**
 * Completes what is typed before the caret. `replace` puts a text in the place of a part of what stands there. `look`
 * is called after each change of the text or the caret; `press` answers whether it used a key.
 */
export function useCompletion(
  sources: readonly CompletionSource[],
  replace: (from: number, to: number, text: string) => void,
) {
  const [popup, setPopup] = useState<Popup | null>(null);
  const close = useCallback(() => setPopup(null), []);

  const look = async (box: HTMLTextAreaElement, typed: boolean) => {
    const caret = box.selectionStart;
    if (typed) for (const source of sources) source.prepare?.(box.value.slice(Math.max(0, caret - 1), caret));
    const found = caret === box.selectionEnd ? queryIn(sources, box.value, caret) : null;
    if (found === null) return close();
    const { source, query } = found;
    if (query.closed) {
      close();
      const whole = typed ? await source.whole?.(query.name) : null;
      if (whole != null && source.queryAt(box.value, caret)?.closed === true) replace(query.at, caret, whole);
      return;
    }
    const choices = await source.matching(query.name);
    // What was typed while the choices came is looked at by a call of its own.
    const now = source.queryAt(box.value, box.selectionStart);
    if (now?.at !== query.at || now.name !== query.name || now.closed) return;
    if (choices.length === 0) close();
    else setPopup({ name: source.name, choices, active: 0, from: query.at, to: caret });
  };

  const choose = (index: number) => {
    const choice = popup?.choices[index];
    if (popup === null || choice === undefined) return;
    close();
    replace(popup.from, popup.to, `${choice.insert} `);
  };

  const press = (key: string): boolean => {
    if (popup === null) return false;
    const count = popup.choices.length;
    if (key === "ArrowDown") setPopup({ ...popup, active: (popup.active + 1) % count });
    else if (key === "ArrowUp") setPopup({ ...popup, active: (popup.active + count - 1) % count });
    else if (key === "Enter" || key === "Tab") choose(popup.active);
    else if (key === "Escape") close();
    else return false;
    return true;
  };

  return { popup, look, choose, press, close };
}

function queryIn(
  sources: readonly CompletionSource[],
  text: string,
  caret: number,
): { source: CompletionSource; query: Query } | null {
  for (const source of sources) {
    const query = source.queryAt(text, caret);
    if (query !== null) return { source, query };
  }
  return null;
}
