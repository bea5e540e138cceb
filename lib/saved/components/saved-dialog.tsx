"use client";

import { useCallback, useEffect, useState } from "react";
import { useChannels } from "@/lib/channels/channel.hooks";
import { useTitleOf } from "@/lib/channels/title.hooks";
import { MessageExcerpt } from "@/lib/messages/components/message-excerpt";
import { Trouble } from "@/lib/messages/components/timeline-notes";
import { useDesk } from "@/lib/messages/desk.hooks";
import { useSaved } from "@/lib/saved/saved.hooks";
import { without } from "@/lib/saved/saved.store";
import { isRefusal } from "@/lib/shared/errors";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { Notice } from "@/lib/ui/notice";
import { useAnswer } from "@/lib/ui/use-answer";

interface SavedDialogProps {
  onGo: () => void;
  onClose: () => void;
}

/** What one has saved for later, the latest first. */
export default function SavedDialog({ onGo, onClose }: SavedDialogProps) {
  const desk = useDesk();
  const { page, keep, connection } = useSaved();
  const channels = useChannels((state) => state);
  const titleOf = useTitleOf();
  const ask = useCallback(() => page(null), [page]);
  const { answer, trouble, retry, change } = useAnswer(ask);
  const [problem, setProblem] = useState<string | null>(null);

  const explain = (error: unknown) => setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");

  useEffect(
    () =>
      connection.on("message:saved", ({ messageId, savedAt }) => {
        if (savedAt !== null) return retry();
        change((held) => ({ ...held, saved: without(held.saved, messageId) }));
      }),
    [connection, retry, change],
  );

  const more = async () => {
    if (answer === null) return;
    try {
      const next = await page(answer.nextCursor);
      change((held) => ({ ...next, saved: [...held.saved, ...next.saved] }));
    } catch (error) {
      explain(error);
    }
  };

  const remove = async (messageId: string) => {
    try {
      await keep(messageId, false);
      change((held) => ({ ...held, saved: without(held.saved, messageId) }));
    } catch (error) {
      explain(error);
    }
  };

  const placeOf = (channelId: string) => {
    const channel = channels.get(channelId);
    return channel === undefined ? "" : titleOf(channel);
  };

  if (desk === null) return null;
  return (
    <Dialog title="Saved for later" description="Only you see this list." onClose={onClose}>
      {trouble === null ? null : <Trouble sentence={trouble} onRetry={retry} />}
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      {answer?.saved.length === 0 ? (
        <p className="text-meta text-muted">
          Nothing is saved yet. Save what you want to come back to, from the menu of a message.
        </p>
      ) : null}
      <ul className="flex flex-col">
        {answer?.saved.map(({ message }) => (
          <li key={message.id} className="border-b border-hairline py-3 first:pt-0 last:border-0">
            <MessageExcerpt desk={desk} message={message} place={placeOf(message.channelId)} />
            <div className="ms-10 mt-2 flex gap-2">
              <Button
                className="md:min-h-8"
                onClick={() => {
                  onClose();
                  onGo();
                  void desk.goTo(message);
                }}
              >
                Go to message
              </Button>
              <Button look="plain" className="md:min-h-8" onClick={() => void remove(message.id)}>
                Remove
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {answer === null || answer.nextCursor === null ? null : (
        <Button className="mt-2 w-full" onClick={() => void more()}>
          Show more
        </Button>
      )}
    </Dialog>
  );
}
