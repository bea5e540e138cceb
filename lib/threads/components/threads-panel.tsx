"use client";

import { MessagesSquare } from "lucide-react";
import { useMemo } from "react";
import { plainTextOf } from "@/lib/messages/markdown/plain-text";
import type { MessageView } from "@/lib/messages/message.events";
import { SidePanel } from "@/lib/threads/components/side-panel";
import { useThreads } from "@/lib/threads/thread.hooks";
import { followed } from "@/lib/threads/thread.store";

interface ThreadsPanelProps {
  nameOf: (accountId: string) => string;
  /** What a channel is called; undefined where the viewer does not read it any more. */
  titleOf: (channelId: string) => string | undefined;
  onOpen: (root: MessageView) => void;
  onClose: () => void;
}

/** The threads that one follows: those with something new first. */
export default function ThreadsPanel({ nameOf, titleOf, onOpen, onClose }: ThreadsPanelProps) {
  const state = useThreads((threads) => threads);
  const threads = useMemo(() => followed(state), [state]);
  const readable = threads.filter(({ root }) => titleOf(root.channelId) !== undefined);
  return (
    <SidePanel title="Threads" onClose={onClose}>
      {readable.length === 0 ? (
        <div className="flex grow flex-col items-center justify-center gap-2 px-8 text-center text-meta text-muted">
          <MessagesSquare aria-hidden="true" size={20} strokeWidth={1.75} />
          <p>Threads that you begin, reply in or follow are listed here, those with new replies first.</p>
        </div>
      ) : (
        <ul className="min-h-0 grow overflow-y-auto overscroll-contain p-2">
          {readable.map(({ root, unread }) => (
            <li key={root.id}>
              <button
                type="button"
                onClick={() => onOpen(root)}
                className="flex w-full flex-col gap-0.5 rounded-md px-3 py-2 text-start hover:bg-hover"
              >
                <span className="flex w-full items-baseline gap-2 text-small text-muted">
                  <bdi className="min-w-0 truncate">{titleOf(root.channelId)}</bdi>
                  <span className="ms-auto shrink-0 tabular-nums">
                    {unread > 0 ? (
                      <span className="rounded-full bg-accent px-1.5 font-semibold text-on-accent">{unread} new</span>
                    ) : (
                      `${root.replyCount} ${root.replyCount === 1 ? "reply" : "replies"}`
                    )}
                  </span>
                </span>
                <bdi className={`w-full truncate ${unread > 0 ? "font-semibold text-strong" : "text-body"}`}>
                  {nameOf(root.authorId)}
                </bdi>
                <span dir="auto" className="line-clamp-2 text-meta break-words text-body">
                  {root.deletedAt === null ? plainTextOf(root.body).slice(0, 300) : "This message was deleted."}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </SidePanel>
  );
}
