"use client";

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { isWritingCode, pressFormat } from "@/lib/messages/compose/formatting";
import { pasteInto } from "@/lib/messages/compose/paste";
import type { MessageDesk } from "@/lib/messages/desk";
import type { MessageView } from "@/lib/messages/message.events";
import { charactersLeft } from "@/lib/messages/message-length";
import { streamKey } from "@/lib/messages/stream";
import { Button } from "@/lib/ui/button";

interface EditBoxProps {
  desk: MessageDesk;
  message: MessageView;
  /** What to begin with where an edit was refused. */
  unsaved: string | null;
}

const TALLEST = 0.4;

/** A message's text, open for editing in its place. What is typed is kept on the device until it is saved or given up. */
export default function EditBox({ desk, message, unsaved }: EditBoxProps) {
  const { drafts } = desk.conversation;
  const draft = `edit.${message.id}`;
  const box = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const [text, setText] = useState(() => drafts.read(draft) || (unsaved ?? message.body));
  const left = charactersLeft(text);

  useLayoutEffect(() => {
    const area = box.current;
    if (area === null) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, window.innerHeight * TALLEST)}px`;
  });

  useEffect(() => {
    const area = box.current;
    area?.focus({ preventScroll: true });
    area?.setSelectionRange(area.value.length, area.value.length);
    area?.scrollIntoView({ block: "nearest" });
  }, []);

  const change = (next: string) => {
    setText(next);
    drafts.write(draft, next);
  };

  const close = () => {
    const editing = desk.editing.get();
    const row = box.current?.closest<HTMLElement>("[data-message-id]");
    drafts.write(draft, "");
    desk.editing.tell(null);
    if (editing?.from === "composer") desk.conversation.desk.focus(streamKey(editing.stream));
    else row?.focus({ preventScroll: true });
  };

  const save = () => {
    if (left < 0) return;
    const body = text.trimEnd();
    // Nothing left of it means that it shall go, which can be undone.
    if (body === "") desk.tools.change(message, "delete");
    else if (body !== message.body || unsaved !== null) desk.tools.change(message, "edit", body);
    close();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (pressFormat(event.currentTarget, event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey && !event.altKey && !isWritingCode(event.currentTarget)) {
      event.preventDefault();
      save();
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      className="my-1"
    >
      <textarea
        ref={box}
        rows={1}
        dir="auto"
        aria-label="Edit the message"
        aria-describedby={hintId}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onPaste={(event) => {
          if (pasteInto(event.currentTarget, event.clipboardData)) event.preventDefault();
        }}
        onKeyDown={onKeyDown}
        className="block w-full resize-none rounded-sm border border-field bg-raised px-2 py-1.5 text-message text-strong outline-none focus:border-accent"
      />
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <Button look="primary" type="submit" className="md:min-h-8">
          Save
        </Button>
        <Button look="plain" onClick={close} className="md:min-h-8">
          Cancel
        </Button>
        <p id={hintId} className={`text-small ${left < 0 ? "text-danger" : "text-muted"}`}>
          {left < 0 ? (
            `${-left} characters too many`
          ) : (
            <span className="max-md:hidden">Enter saves, Escape cancels</span>
          )}
        </p>
      </div>
    </form>
  );
}
