import { UserRound } from "lucide-react";
import type { MessageAction } from "@/lib/messages/actions/message-action";

/** Shows who wrote a message. */
export function profileAction(openProfile: (accountId: string) => void): MessageAction {
  return {
    name: "profile",
    label: () => "Show the author's profile",
    Icon: UserRound,
    place: "menu",
    group: "share",
    takesFocus: true,
    isOffered: () => true,
    run: ({ message }) => openProfile(message.authorId),
  };
}
