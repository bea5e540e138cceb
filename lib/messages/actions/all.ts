import { markUnreadAction, pinAction } from "@/lib/messages/actions/keeping";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { copyLinkAction, copyTextAction, earlierTextsAction, forwardAction } from "@/lib/messages/actions/sharing";
import { deleteAction, editAction, quoteAction } from "@/lib/messages/actions/writing";

/** What can be done with any message, in the order in which it is offered. Later features give theirs to the desk. */
export const MESSAGE_ACTIONS: readonly MessageAction[] = [
  editAction,
  quoteAction,
  forwardAction,
  copyLinkAction,
  copyTextAction,
  earlierTextsAction,
  markUnreadAction,
  pinAction,
  deleteAction,
];
