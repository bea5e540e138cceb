"use client";

import { useCallback, useEffect } from "react";
import { mayPin } from "@/lib/messages/actions/permissions";
import { MessageExcerpt } from "@/lib/messages/components/message-excerpt";
import { Trouble } from "@/lib/messages/components/timeline-notes";
import type { MessageDesk } from "@/lib/messages/desk";
import type { MessageView } from "@/lib/messages/message.events";
import { afterChanges } from "@/lib/messages/pins.store";
import { rest } from "@/lib/shared/rest";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { useAnswer } from "@/lib/ui/use-answer";

interface PinsDialogProps {
  desk: MessageDesk;
  channelId: string;
  onClose: () => void;
}

/** What is pinned in a channel, kept true while it is open. */
export default function PinsDialog({ desk, channelId, onClose }: PinsDialogProps) {
  const ask = useCallback(
    async () => (await rest<{ messages: MessageView[] }>("GET", `/channels/${channelId}/pins`)).messages,
    [channelId],
  );
  const { answer: pins, trouble, retry, change } = useAnswer(ask);
  const { connection } = desk.conversation;
  useEffect(
    () =>
      connection.onChanges(({ channelId: of, messages, reset }) => {
        if (of !== channelId) return;
        if (reset) retry();
        else change((held) => afterChanges(held, messages));
      }),
    [connection, channelId, retry, change],
  );
  return (
    <Dialog title="Pinned messages" onClose={onClose}>
      {trouble === null ? null : <Trouble sentence={trouble} onRetry={retry} />}
      {pins?.length === 0 ? (
        <p className="text-meta text-muted">
          Nothing is pinned here yet. Pin what everybody should find again, from the menu of a message.
        </p>
      ) : null}
      <ul className="flex flex-col">
        {pins?.map((message) => (
          <li key={message.id} className="border-b border-hairline py-3 first:pt-0 last:border-0">
            <MessageExcerpt
              desk={desk}
              message={message}
              {...(message.pinnedBy === null ? {} : { place: `pinned by ${desk.nameOf(message.pinnedBy)}` })}
            />
            <div className="ms-10 mt-2 flex gap-2">
              <Button
                className="md:min-h-8"
                onClick={() => {
                  onClose();
                  void desk.goTo(message);
                }}
              >
                Go to message
              </Button>
              {mayPin(desk.targetOf(message)) ? (
                <Button look="plain" className="md:min-h-8" onClick={() => desk.tools.change(message, "unpin")}>
                  Unpin
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
