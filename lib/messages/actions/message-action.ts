import type { LucideIcon } from "lucide-react";
import type { MessageView } from "@/lib/messages/message.events";
import type { Stream } from "@/lib/messages/stream";
import type { Role } from "@/lib/workspaces/workspace.events";

/** In the order in which they are offered. */
export const ACTION_GROUPS = ["write", "share", "keep", "remove"] as const;

/** What an action is about. */
export interface ActionTarget {
  /** As it is shown: with one's own pending changes made. */
  message: MessageView;
  /** The channel or thread that it is shown in: where its composer is. */
  stream: Stream;
  viewer: { id: string; role: Role };
  /** The channel is closed to changes. */
  archived: boolean;
}

/** The windows that an action can open. */
export type DeskDialog = { name: "edits" | "forward"; message: MessageView } | { name: "pins"; channelId: string };

/** What actions do their work with. */
export interface ActionTools {
  /** Asks for a change of the message: it is shown at once and carried to the server. */
  change: (
    message: MessageView,
    kind: "edit" | "delete" | "react" | "unreact" | "pin" | "unpin",
    text?: string,
  ) => void;
  /** Opens the message's text for editing in its place. */
  edit: (target: ActionTarget) => void;
  /** Puts a text into the composer below the message. */
  insert: (stream: Stream, text: string) => void;
  markUnread: (message: MessageView) => Promise<void>;
  open: (dialog: DeskDialog) => void;
  /** Says a sentence to the reader, aloud too. */
  say: (sentence: string) => void;
  /** The full address that leads to the message. */
  addressOf: (message: MessageView) => string;
  nameOf: (accountId: string) => string;
}

/** One thing that can be done with a message. A feature adds its own by adding such a value to a list. */
export interface MessageAction {
  /** Unique among all. */
  name: string;
  label: (target: ActionTarget) => string;
  Icon: LucideIcon;
  /** In the row's toolbar itself, or behind "more". */
  place: "toolbar" | "menu";
  /** Actions of one group stand together. */
  group: (typeof ACTION_GROUPS)[number];
  /** Pressed alone while the row or its toolbar has the focus. */
  shortcut?: string;
  danger?: boolean;
  /** It puts the focus somewhere itself, so that a closing menu must not take it back. */
  takesFocus?: boolean;
  isOffered: (target: ActionTarget) => boolean;
  run: (target: ActionTarget, tools: ActionTools) => void | Promise<void>;
}
