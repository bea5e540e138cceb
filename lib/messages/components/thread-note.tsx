import { MessageSquareReply } from "lucide-react";

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
