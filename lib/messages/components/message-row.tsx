import { memo } from "react";
import { LinkPreviews } from "@/lib/messages/components/link-previews";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import type { LinkPreview } from "@/lib/messages/message.events";
import { Avatar } from "@/lib/ui/avatar";

export interface MessageRowProps {
  id: string;
  /** Null while the message is on its way. */
  seq: number | null;
  authorId: string;
  authorName: string;
  body: string;
  previews: readonly LinkPreview[];
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
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

/** Said outright, for tools that look for the attribute and not for the role that the element has anyway. */
const LANDMARK = { role: "article" };

/** One message. A pending one and the stored one are the same row: same id, same key. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { id, seq, authorId, authorName, at, time, grouped, marked, deleted, edited, state } = props;
  return (
    <article
      {...LANDMARK}
      aria-label={`${authorName}, ${time}`}
      aria-current={marked || undefined}
      data-message-id={id}
      data-seq={seq ?? undefined}
      className={`group/row relative flex gap-2 px-4 hover:bg-hover md:px-5 ${grouped ? "py-0.5" : "pt-2 pb-0.5"} ${marked ? "bg-mention" : ""}`}
    >
      <div className="w-9 shrink-0">
        {grouped ? (
          <time
            dateTime={at}
            className="invisible block text-center text-[0.6875rem]/[1.375rem] text-muted tabular-nums group-hover/row:visible"
          >
            {time.replace(/ [AP]M$/, "")}
          </time>
        ) : (
          <Avatar id={authorId} name={authorName} />
        )}
      </div>
      <div className={`min-w-0 flex-1 ${state === "pending" ? "opacity-70" : ""}`}>
        {grouped ? null : (
          <div className="flex items-baseline gap-2">
            <bdi className="truncate font-semibold text-strong">{authorName}</bdi>
            <time dateTime={at} className="shrink-0 text-small text-muted tabular-nums">
              {time}
            </time>
          </div>
        )}
        {deleted ? (
          <p className="text-muted italic">This message was deleted.</p>
        ) : (
          <MessageBody body={props.body} unfolded={marked} />
        )}
        {edited && !deleted ? <span className="text-small text-muted">(edited)</span> : null}
        {props.previews.length === 0 ? null : (
          <LinkPreviews messageId={id} authorId={authorId} previews={props.previews} />
        )}
        {state === "pending" ? <Sending /> : null}
        {state === "failed" ? <NotSent {...props} /> : null}
      </div>
    </article>
  );
});

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
      <RowButton onClick={() => void navigator.clipboard?.writeText(body)}>Copy</RowButton>
      <RowButton onClick={() => onDiscard(id)}>Discard</RowButton>
    </div>
  );
}

function RowButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="target rounded-sm font-medium text-strong underline underline-offset-2 hover:text-accent"
    >
      {children}
    </button>
  );
}
