import { memo, useEffect, useId } from "react";
import type { ShownMessage } from "@/lib/messages/browser/pending-change";
import { AuthorName, AuthorPicture } from "@/lib/messages/components/author";
import { LinkPreviews } from "@/lib/messages/components/link-previews";
import { Reactions } from "@/lib/messages/components/reactions";
import { RowContent } from "@/lib/messages/components/row-content";
import { Going, NotSaved, RowButton, TakeBack } from "@/lib/messages/components/row-notes";
import { RowTools } from "@/lib/messages/components/row-tools";
import { RepliedNote, ThreadNote } from "@/lib/messages/components/thread-note";
import { useRowEntrance, useRowList } from "@/lib/messages/desk.hooks";
import { copyToClipboard } from "@/lib/ui/clipboard";

export interface MessageRowProps {
  id: string;
  /** Null while the message is on its way. */
  seq: number | null;
  authorId: string;
  authorName: string;
  body: string;
  /** ISO 8601. */
  at: string;
  time: string;
  edited: boolean;
  deleted: boolean;
  /** Follows a message of the same author closely, so that name and picture are left out. */
  grouped: boolean;
  marked: boolean;
  state: "sent" | "pending" | "failed";
  /** Why it was not sent. */
  failure: string | null;
  /** The stored message; null while it is on its way. */
  message: ShownMessage | null;
  /** One's own, not sent yet: it can be taken back until this moment, in milliseconds. */
  sendAt: number | null;
  /** The last row, where Tab comes in from below. */
  newest: boolean;
  threadId: string | null;
  replyCount: number;
  mentions: readonly string[];
  /** The reader is called. */
  called: boolean;
  /** When the last reply came, as it is said. */
  lastReply: string | null;
  onOpenThread?: (threadId: string) => void;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

/** Said outright, for tools that look for the attribute and not for the role that the element has anyway. */
const LANDMARK = { role: "article" };

/** One message. A pending one and the stored one are the same row: same id, same key. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { id, seq, authorId, authorName, at, time, grouped, marked, deleted, state, message, sendAt } = props;
  const tabIndex = useRowStop(id, props.newest);
  const textId = useId();
  return (
    <article
      {...LANDMARK}
      aria-label={`${authorName}, ${time}`}
      aria-describedby={textId}
      aria-current={marked || undefined}
      data-message-id={id}
      data-seq={seq ?? undefined}
      tabIndex={tabIndex}
      className={`group/row relative flex gap-2 px-4 hover:bg-hover focus-visible:-outline-offset-2 md:px-5 [@media(hover:none)]:select-none ${grouped ? "py-0.5" : "pt-2 pb-0.5"} ${marked ? "bg-mention" : props.called ? "border-s-2 border-accent bg-mention/50" : ""}`}
    >
      {message === null ? null : <RowTools message={message} />}
      <div className="w-9 shrink-0">
        {grouped ? (
          <time
            dateTime={at}
            className="invisible block text-center text-[0.6875rem]/[1.375rem] text-muted tabular-nums group-hover/row:visible"
          >
            {time.replace(/ [AP]M$/, "")}
          </time>
        ) : (
          <AuthorPicture id={authorId} name={authorName} />
        )}
      </div>
      <div className="min-w-0 flex-1">
        {grouped ? null : (
          <div className="flex items-baseline gap-2">
            <AuthorName id={authorId} name={authorName} />
            <time dateTime={at} className="shrink-0 text-small text-muted tabular-nums">
              {time}
            </time>
          </div>
        )}
        {props.onOpenThread !== undefined && props.threadId !== null ? (
          <RepliedNote threadId={props.threadId} onOpen={props.onOpenThread} />
        ) : null}
        <div id={textId} className={state === "pending" ? "opacity-70" : message?.going ? "line-through" : ""}>
          {deleted ? (
            <p className="text-muted italic">This message was deleted.</p>
          ) : (
            <RowContent
              id={id}
              body={props.body}
              authorName={authorName}
              mentions={props.mentions}
              unfolded={marked}
              message={message}
              unsaved={message?.unsaved?.body ?? null}
            />
          )}
        </div>
        {message === null || message.previews.length === 0 ? null : <LinkPreviews {...message} />}
        {message === null ? null : <Reactions message={message} />}
        {message?.going ? <Going message={message} /> : null}
        {message?.unsaved ? <NotSaved message={message} {...message.unsaved} /> : null}
        {state === "pending" && sendAt !== null ? <TakeBack id={id} until={sendAt} /> : null}
        {props.onOpenThread === undefined ? null : <ThreadNote {...props} onOpen={props.onOpenThread} />}
        {state === "pending" ? <Sending /> : null}
        {state === "failed" ? <NotSent {...props} /> : null}
      </div>
    </article>
  );
});

/** Rows can have the focus, and one of them is where Tab comes in. */
function useRowStop(id: string, newest: boolean): number {
  const list = useRowList();
  const entrance = useRowEntrance(id, newest);
  useEffect(() => () => list?.focus.forget(id), [list, id]);
  return entrance ? 0 : -1;
}

/** Said only when it takes long, and beside the row, so that nothing moves when it ends. */
function Sending() {
  return (
    <p className="absolute end-4 bottom-0.5 animate-late rounded-sm bg-canvas px-1 text-small text-muted">Sending…</p>
  );
}

function NotSent({ id, body, failure, onRetry, onDiscard }: MessageRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-small text-danger">
      <span>
        <strong className="font-semibold">Not sent.</strong> {failure}
      </span>
      <RowButton onClick={() => onRetry(id)}>Retry</RowButton>
      <RowButton onClick={() => void copyToClipboard(body)}>Copy</RowButton>
      <RowButton onClick={() => onDiscard(id)}>Discard</RowButton>
    </div>
  );
}
