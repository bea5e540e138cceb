"use client";

import { useCallback } from "react";
import { Trouble } from "@/lib/messages/components/timeline-notes";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import type { EarlierText, MessageView } from "@/lib/messages/message.events";
import { rest } from "@/lib/shared/rest";
import Dialog from "@/lib/ui/dialog";
import { Time } from "@/lib/ui/time";
import { useAnswer } from "@/lib/ui/use-answer";

/** What a message said before it was edited, the latest first. */
export default function EditsDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const { channelId, id } = message;
  const ask = useCallback(
    () => rest<{ edits: EarlierText[] }>("GET", `/channels/${channelId}/messages/${id}/edits`),
    [channelId, id],
  );
  const { answer, trouble, retry } = useAnswer(ask);
  return (
    <Dialog title="Earlier texts" description="Seen by its author, owners and admins." onClose={onClose}>
      {trouble === null ? null : <Trouble sentence={trouble} onRetry={retry} />}
      <ol className="flex flex-col gap-3">
        <li>
          <p className="text-small text-muted">Now</p>
          <MessageBody body={message.body} />
        </li>
        {answer?.edits.toReversed().map(({ body, until }) => (
          <li key={until} className="border-t border-hairline pt-3">
            <p className="text-small text-muted">
              Until <Time iso={until} />
            </p>
            <MessageBody body={body} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
