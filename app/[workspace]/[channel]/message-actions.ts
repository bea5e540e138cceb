import { useMemo } from "react";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { profileAction } from "@/lib/messages/actions/profile-action";
import { saveAction } from "@/lib/saved/save-action";
import { useSaved } from "@/lib/saved/saved.hooks";
import { replyAction } from "@/lib/threads/reply-action";

/** What features that messages do not know add to what can be done with a message. */
export function useMessageActions(
  openThread: (threadId: string) => void,
  openProfile: (accountId: string) => void,
): readonly MessageAction[] {
  const saved = useSaved();
  return useMemo(
    () => [replyAction(openThread), saveAction(saved), profileAction(openProfile)],
    [openThread, openProfile, saved],
  );
}
