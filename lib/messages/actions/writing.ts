import { Pencil, Quote, Trash2 } from "lucide-react";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { isModerator, isOwn, isStanding, mayChange } from "@/lib/messages/actions/permissions";
import { quotation } from "@/lib/messages/actions/quotation";

export const editAction: MessageAction = {
  name: "edit",
  label: () => "Edit",
  Icon: Pencil,
  place: "menu",
  group: "write",
  shortcut: "E",
  takesFocus: true,
  isOffered: (target) => mayChange(target) && isOwn(target),
  run: (target, { edit }) => edit(target),
};

export const quoteAction: MessageAction = {
  name: "quote",
  label: () => "Quote",
  Icon: Quote,
  place: "menu",
  group: "write",
  shortcut: "Q",
  takesFocus: true,
  isOffered: (target) => isStanding(target) && target.mayPost,
  run: ({ message, stream }, { insert, nameOf, addressOf }) =>
    insert(
      stream,
      quotation({ body: message.body, authorName: nameOf(message.authorId), address: addressOf(message) }),
    ),
};

export const deleteAction: MessageAction = {
  name: "delete",
  label: () => "Delete",
  Icon: Trash2,
  place: "menu",
  group: "remove",
  shortcut: "Delete",
  danger: true,
  isOffered: (target) => mayChange(target) && isStanding(target) && (isOwn(target) || isModerator(target)),
  run: ({ message }, { change }) => change(message, "delete"),
};
