"use client";

import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useCommands, withoutEscape } from "@/lib/messages/commands/command.hooks";
import { useCompletion } from "@/lib/messages/completion/completion.hooks";
import { CompletionPopup, choiceId } from "@/lib/messages/completion/completion-popup";
import { useCompletionSources } from "@/lib/messages/completion/composer-completion.hooks";
import { AlsoInChannel } from "@/lib/messages/components/also-in-channel";
import { DraftPreview, PreviewButton } from "@/lib/messages/components/draft-preview";
import { EmojiButton } from "@/lib/messages/components/emoji-button";
import { FormatBar } from "@/lib/messages/components/format-bar";
import { ManyCalled } from "@/lib/messages/components/many-called";
import { applyEdit } from "@/lib/messages/compose/apply-edit";
import { isWritingCode, pressFormat } from "@/lib/messages/compose/formatting";
import { pasteInto } from "@/lib/messages/compose/paste";
import { useComposerDesk } from "@/lib/messages/composer-desk.hooks";
import { useDesk } from "@/lib/messages/desk.hooks";
import { useDraft } from "@/lib/messages/draft.hooks";
import { callsMany } from "@/lib/messages/mentions/places-called";
import { useSend } from "@/lib/messages/message.hooks";
import { charactersLeft } from "@/lib/messages/message-length";
import { type Stream, streamKey } from "@/lib/messages/stream";
import { useWriting } from "@/lib/messages/writing.hooks";
import { IconButton } from "@/lib/ui/icon-button";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

export interface ComposerProps {
  /** `title` as it is said: "#general", or the other people. */
  channel: { id: string; title: string; archivedAt: string | null; memberCount: number; mayPost: boolean };
  /** Answers in this thread of the channel. */
  threadId?: string;
}

const SAID_FROM = 500;
/** Calling more people than this is asked about first. */
const MANY = 50;
/** At most this share of the window's height. */
const TALLEST = 0.4;

/** Where one writes to a channel. An archived channel says so instead. */
export function Composer({ channel, threadId }: ComposerProps) {
  if (channel.archivedAt !== null) {
    return (
      <p className="m-4 mt-1 rounded-md border border-hairline bg-surface px-4 py-3 text-center text-meta text-muted">
        {channel.title} is archived. Its messages can be read, and nobody can write to it.
      </p>
    );
  }
  if (!channel.mayPost) {
    return (
      <p className="m-4 mt-1 rounded-md border border-hairline bg-surface px-4 py-3 text-center text-meta text-muted">
        Only owners and admins write to {channel.title}.
      </p>
    );
  }
  const stream = { channelId: channel.id, threadId: threadId ?? null };
  return (
    <OpenComposer key={streamKey(stream)} stream={stream} title={channel.title} memberCount={channel.memberCount} />
  );
}

interface OpenComposerProps {
  stream: Stream;
  title: string;
  memberCount: number;
}

function OpenComposer({ stream, title, memberCount }: OpenComposerProps) {
  const inThread = stream.threadId !== null;
  const label = inThread ? "Reply to thread" : `Message ${title}`;
  const box = useRef<HTMLTextAreaElement>(null);
  const popupId = useId();
  const hintId = useId();
  const send = useSend(stream);
  const { text, change } = useDraft(streamKey(stream), box);
  const [inChannel, setInChannel] = useState(false);
  const [hinted, setHinted] = useState(false);
  const [notice, setNotice] = useState("");
  const [previewing, setPreviewing] = useState(false);
  const [manyCalled, setManyCalled] = useState(false);
  const [focused, setFocused] = useState(false);
  const mayCallMany = useWorkspace((state) => state.me.role !== "guest");

  const sources = useCompletionSources(stream.channelId);
  const replace = (from: number, to: number, inserted: string) => {
    if (box.current === null) return;
    const now = box.current.value;
    const after = inserted.endsWith(" ") ? now.slice(to).replace(/^ /, "") : now.slice(to);
    // Whoever has typed on since stays as far from the end.
    const behind = now.length - Math.max(to, box.current.selectionStart);
    const caret = from + inserted.length + Math.max(0, after.length - behind);
    applyEdit(box.current, { from, to: now.length - after.length, insert: inserted, start: caret, end: caret });
  };
  const completion = useCompletion(sources, replace);
  const insert = useComposerDesk({ key: streamKey(stream), box, replace });
  const desk = useDesk();
  const writing = useWriting();
  const { popup } = completion;

  const left = charactersLeft(text);
  const sendable = text.trim() !== "" && left >= 0;

  useLayoutEffect(() => {
    const area = box.current;
    if (area === null || area.value !== text) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, window.innerHeight * TALLEST)}px`;
  }, [text]);

  useEffect(() => {
    if (window.matchMedia("(pointer: fine)").matches) box.current?.focus({ preventScroll: true });
  }, []);

  const sendNow = (body: string) => send(withoutEscape(body.trimEnd()), inChannel);
  const runCommand = useCommands(stream.channelId, sendNow);
  const empty = () => {
    change("");
    setInChannel(false);
    setNotice("");
    setManyCalled(false);
    flushSync(() => setPreviewing(false));
    completion.close();
    setHinted(true);
    box.current?.focus();
  };

  const submit = (asked = false) => {
    if (!sendable) return;
    if (!asked && mayCallMany && memberCount > MANY && callsMany(text)) return setManyCalled(true);
    const running = runCommand(text);
    if (running !== null) {
      void running.then((refusal) => {
        if (refusal !== "") setNotice(refusal);
        // What was typed meanwhile stays.
        else if (box.current?.value === text) empty();
      });
      return;
    }
    sendNow(text);
    empty();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter belongs to it; Safari tells so only by the key code.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (!event.shiftKey && completion.press(event.key)) return event.preventDefault();
    if (pressFormat(event.currentTarget, event)) return event.preventDefault();
    if (event.key === "ArrowUp" && text === "" && desk?.editLast(stream)) return event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey || event.altKey || isWritingCode(event.currentTarget)) return;
    event.preventDefault();
    submit();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="group/composer relative mx-4 mt-1 mb-2 md:mx-5"
    >
      {popup === null ? null : <CompletionPopup id={popupId} {...popup} onChoose={completion.choose} />}
      {manyCalled ? (
        <ManyCalled
          people={memberCount}
          onSend={() => submit(true)}
          onWait={() => {
            setManyCalled(false);
            box.current?.focus();
          }}
        />
      ) : null}
      <div className="flex flex-wrap items-end gap-1 rounded-md border border-field bg-raised p-1 focus-within:border-accent">
        {previewing ? <DraftPreview text={text} /> : null}
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          aria-label={label}
          placeholder={label}
          aria-describedby={hintId}
          aria-autocomplete="list"
          aria-controls={popup === null ? undefined : popupId}
          aria-activedescendant={popup === null ? undefined : choiceId(popupId, popup.active)}
          value={text}
          onChange={(event) => {
            change(event.currentTarget.value);
            setNotice("");
            setManyCalled(false);
            if (event.currentTarget.value.trim() !== "") writing?.note(stream);
            // What an input method composes is no word yet.
            const { nativeEvent } = event;
            if ("isComposing" in nativeEvent && nativeEvent.isComposing === true) completion.close();
            else void completion.look(event.currentTarget, true);
          }}
          onPaste={(event) => {
            if (pasteInto(event.currentTarget, event.clipboardData)) event.preventDefault();
          }}
          onSelect={(event) => void completion.look(event.currentTarget, false)}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            completion.close();
          }}
          className={`${previewing ? "hidden" : ""} max-h-[40dvh] min-h-11 basis-full resize-none bg-transparent px-2 py-2.5 text-message text-strong outline-none placeholder:text-muted md:min-h-9 md:py-1.5`}
        />
        <FormatBar box={box} />
        <PreviewButton box={box} shown={previewing} onShow={setPreviewing} />
        <EmojiButton box={box} onChoose={insert} />
        <IconButton
          label="Send"
          tip="above"
          type="submit"
          aria-disabled={!sendable}
          className={sendable ? "bg-accent text-on-accent hover:bg-accent-strong hover:text-on-accent" : ""}
        >
          <SendHorizontal aria-hidden="true" size={16} strokeWidth={1.75} />
        </IconButton>
      </div>
      {inThread ? <AlsoInChannel title={title} checked={inChannel} onChange={setInChannel} /> : null}
      <div className="flex h-4 gap-3 px-1 text-small text-muted">
        <p className="min-w-0 grow truncate">{writing?.lineOf(stream)}</p>
        <p id={hintId} aria-live="polite" className="flex min-w-0 justify-end">
          {notice !== "" ? (
            <span className="truncate text-danger">{notice}</span>
          ) : left <= SAID_FROM ? (
            <span className={left < 0 ? "text-danger" : ""}>
              {left < 0 ? `${-left} characters too many` : `${left} characters left`}
            </span>
          ) : focused && !hinted && text !== "" ? (
            "Shift+Enter for a new line"
          ) : null}
        </p>
      </div>
    </form>
  );
}
