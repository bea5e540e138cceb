import { Mail, Pin } from "lucide-react";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { isStanding, mayPin } from "@/lib/messages/actions/permissions";

export const markUnreadAction: MessageAction = {
  name: "mark-unread",
  label: () => "Mark unread from here",
  Icon: Mail,
  place: "menu",
  group: "keep",
  shortcut: "U",
  // A thread has a marker of its own.
  isOffered: (target) => isStanding(target) && target.stream.threadId === null && target.message.seq !== null,
  run: ({ message }, { markUnread }) => markUnread(message),
};

export const pinAction: MessageAction = {
  name: "pin",
  label: ({ message }) => (message.pinnedAt === null ? "Pin to the channel" : "Unpin"),
  Icon: Pin,
  place: "menu",
  group: "keep",
  shortcut: "P",
  isOffered: mayPin,
  run: ({ message }, { change }) => change(message, message.pinnedAt === null ? "pin" : "unpin"),
};
