import { type RefObject, useCallback, useEffect, useState } from "react";
import { useConversation } from "@/lib/messages/message.hooks";

/**
 * The text of a channel's composer, kept over reloads. What was typed into the server's page before the script ran
 * counts as typed; otherwise the kept draft is shown.
 */
export function useDraft(channelId: string, box: RefObject<HTMLTextAreaElement | null>) {
  const { drafts } = useConversation();
  const [text, setText] = useState("");
  const change = useCallback(
    (next: string) => {
      setText(next);
      drafts.write(channelId, next);
    },
    [drafts, channelId],
  );
  useEffect(() => {
    const typed = box.current?.value ?? "";
    if (typed === "") setText(drafts.read(channelId));
    else change(typed);
  }, [drafts, channelId, box, change]);
  return { text, change };
}
