import { MessageSquareReply } from "lucide-react";
import { IconButton } from "@/lib/ui/icon-button";

interface ThreadNoteProps {
  id: string;
  replyCount: number;
  lastReply: string | null;
  onOpen: (threadId: string) => void;
}

/** Says under a message how many have answered it, and leads to what they said. */
export function ThreadNote({ id, replyCount, lastReply, onOpen }: ThreadNoteProps) {
  if (replyCount === 0) return null;
  return (
    <button
      type="button"
      data-thread={id}
      onClick={() => onOpen(id)}
      className="target -ms-1.5 mt-0.5 flex max-w-full items-center gap-1.5 rounded-sm px-1.5 py-0.5 text-meta hover:bg-active"
    >
      <MessageSquareReply aria-hidden="true" size={16} strokeWidth={1.75} className="shrink-0 text-muted" />
      <span className="shrink-0 font-medium text-accent">{replyCount === 1 ? "1 reply" : `${replyCount} replies`}</span>
      {lastReply === null ? null : <span className="truncate text-small text-muted">last reply {lastReply}</span>}
    </button>
  );
}

/** Stands above a reply that was sent to the channel as well. */
export function RepliedNote({ threadId, onOpen }: { threadId: string; onOpen: (threadId: string) => void }) {
  return (
    <button
      type="button"
      onClick={() => onOpen(threadId)}
      className="target -ms-1 block rounded-sm px-1 text-small text-muted underline-offset-2 hover:text-body hover:underline"
    >
      Replied in a thread
    </button>
  );
}

/** Begins a thread, or goes on with it. It floats above the row's corner, so that nothing moves. */
export function ReplyButton({ id, onOpen }: { id: string; onOpen: (threadId: string) => void }) {
  return (
    <span className="absolute end-4 -top-3 rounded-sm border border-hairline bg-raised opacity-0 shadow-float group-hover/row:opacity-100 focus-within:opacity-100 [@media(hover:none)]:static [@media(hover:none)]:border-0 [@media(hover:none)]:bg-transparent [@media(hover:none)]:opacity-100 [@media(hover:none)]:shadow-none">
      <IconButton label="Reply in thread" tip="belowEnd" data-thread={id} onClick={() => onOpen(id)}>
        <MessageSquareReply size={16} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
