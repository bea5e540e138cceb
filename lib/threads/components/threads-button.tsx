"use client";

import { MessagesSquare } from "lucide-react";
import { useChannels } from "@/lib/channels/channel.hooks";
import { useThreads } from "@/lib/threads/thread.hooks";
import { hasUnreadThread } from "@/lib/threads/thread.store";

/** Leads from the list of channels to the threads that one follows. */
export function ThreadsButton({ shown, onOpen }: { shown: boolean; onOpen: () => void }) {
  const channels = useChannels((state) => state);
  const threads = useThreads((state) => state);
  const unread = hasUnreadThread(threads, (id) => channels.get(id)?.readSeq != null);
  return (
    <button
      type="button"
      aria-label={unread ? "Threads: new replies" : "Threads"}
      aria-pressed={shown}
      onClick={onOpen}
      className={`flex h-11 w-full items-center gap-2 rounded-sm px-2 text-start md:h-8 ${shown ? "bg-active text-strong" : "hover:bg-hover"} ${unread ? "font-semibold text-strong" : "text-body"}`}
    >
      <MessagesSquare aria-hidden="true" size={16} strokeWidth={1.75} className="shrink-0 text-muted" />
      <span aria-hidden="true">Threads</span>
      {unread ? <span aria-hidden="true" className="ms-auto size-2 rounded-full bg-accent" /> : null}
    </button>
  );
}
