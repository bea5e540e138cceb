import { MessageSquareReply } from "lucide-react";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { isStanding } from "@/lib/messages/actions/permissions";

/** Begins a thread, or goes on with it. */
export function replyAction(openThread: (threadId: string) => void): MessageAction {
  return {
    name: "reply",
    label: () => "Reply in thread",
    Icon: MessageSquareReply,
    place: "toolbar",
    group: "write",
    shortcut: "T",
    takesFocus: true,
    isOffered: (target) => isStanding(target) && target.stream.threadId === null,
    run: ({ message }) => {
      // The tools go with the pointer; the row is still there when the thread gives the focus back.
      document.activeElement?.closest<HTMLElement>("[data-message-id]")?.focus({ preventScroll: true });
      openThread(message.threadId ?? message.id);
    },
  };
}
