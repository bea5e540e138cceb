import { type RefObject, useEffect, useRef } from "react";
import { useConversation } from "@/lib/messages/message.hooks";

interface ComposerPlace {
  /** Names the channel or thread that is written to. */
  key: string;
  box: RefObject<HTMLTextAreaElement | null>;
  /** Puts `text` in the place of a part of what is written, and the caret behind it. */
  replace: (from: number, to: number, text: string) => void;
}

/** Lets others put texts into this composer. @returns the same for its own buttons: puts a text where the caret is */
export function useComposerDesk({ key, box, replace }: ComposerPlace): (text: string) => void {
  const { desk } = useConversation();
  const insert = (text: string) => {
    const area = box.current;
    if (area === null) return;
    replace(area.selectionStart, area.selectionEnd, text);
    area.focus();
  };
  const latest = useRef({ insert, replace });
  useEffect(() => {
    latest.current = { insert, replace };
  });
  useEffect(
    () =>
      desk.enter(key, {
        // What comes from elsewhere stands ahead of what is written, in lines of its own.
        insert: (text) => {
          const written = box.current?.value ?? "";
          latest.current.replace(0, 0, written === "" || text.endsWith("\n") ? text : `${text}\n`);
          box.current?.focus();
        },
        focus: () => box.current?.focus(),
      }),
    [desk, key, box],
  );
  return insert;
}
