"use client";

import type { MessageDesk } from "@/lib/messages/desk";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import type { MessageView } from "@/lib/messages/message.events";
import { Avatar } from "@/lib/ui/avatar";
import { Time } from "@/lib/ui/time";

interface MessageExcerptProps {
  desk: MessageDesk;
  message: MessageView;
  /** What stands behind the author and the time. */
  place?: string;
}

/** A message out of its place, as lists of pinned or saved ones show it; a long one is cut. */
export function MessageExcerpt({ desk, message, place }: MessageExcerptProps) {
  const name = desk.nameOf(message.authorId);
  return (
    <div className="flex gap-2">
      <Avatar id={message.authorId} name={name} size="row" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="truncate font-semibold text-strong">{name}</bdi>
          <span className="text-small text-muted">
            <Time iso={message.createdAt} />
            {place === undefined ? null : ` · ${place}`}
          </span>
        </p>
        <div className="max-h-40 overflow-hidden">
          <MessageBody body={message.body} />
        </div>
      </div>
    </div>
  );
}
