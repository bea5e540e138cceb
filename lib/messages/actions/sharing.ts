import { Copy, Forward, History, Link } from "lucide-react";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { isModerator, isOwn, isStanding } from "@/lib/messages/actions/permissions";
import { copyToClipboard } from "@/lib/ui/clipboard";

const NOT_COPIED = "The browser does not let Parley write to the clipboard.";

export const forwardAction: MessageAction = {
  name: "forward",
  label: () => "Forward",
  Icon: Forward,
  place: "menu",
  group: "share",
  shortcut: "F",
  isOffered: isStanding,
  run: ({ message }, { open }) => open({ name: "forward", message }),
};

export const copyLinkAction: MessageAction = {
  name: "copy-link",
  label: () => "Copy link",
  Icon: Link,
  place: "menu",
  group: "share",
  shortcut: "L",
  isOffered: isStanding,
  run: async ({ message }, { addressOf, say }) =>
    say((await copyToClipboard(addressOf(message))) ? "The link is copied." : NOT_COPIED),
};

export const copyTextAction: MessageAction = {
  name: "copy-text",
  label: () => "Copy text",
  Icon: Copy,
  place: "menu",
  group: "share",
  isOffered: isStanding,
  run: async ({ message }, { say }) => say((await copyToClipboard(message.body)) ? "The text is copied." : NOT_COPIED),
};

export const earlierTextsAction: MessageAction = {
  name: "earlier-texts",
  label: () => "Show earlier texts",
  Icon: History,
  place: "menu",
  group: "share",
  isOffered: (target) =>
    isStanding(target) && target.message.editedAt !== null && (isOwn(target) || isModerator(target)),
  run: ({ message }, { open }) => open({ name: "edits", message }),
};
