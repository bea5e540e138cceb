import type { MessageView, ReactionView } from "@/lib/messages/message.events";
import type { ErrorBody } from "@/lib/shared/errors";

/** What one has asked to change in a stored message, until the server has acknowledged it. */
export interface PendingChange {
  kind: "edit" | "delete" | "react" | "unreact" | "pin" | "unpin";
  messageId: string;
  channelId: string;
  /** The new body of an edit, the emoji of a reaction. */
  text: string;
  /** ISO 8601, by this device's clock. */
  askedAt: string;
  /** The server is not told before this moment, in milliseconds, and until then it can be undone; 0 for at once. */
  dueAt: number;
  /** Why it was refused. Only edits are kept then: their text must not be lost. */
  failure: Pick<ErrorBody, "code" | "message"> | null;
}

/** A message as one sees it while changes are on their way. */
export type ShownMessage<Message extends MessageView = MessageView> = Message & {
  /** It is about to be deleted, which can be undone. */
  going?: true;
  /** An edit that was refused: what was written, and why. */
  unsaved?: { body: string; reason: string };
};

/** Changes of one slot take each other's place: the last one asked for is the one that counts. */
export function slotOf({ kind, messageId, text }: PendingChange): string {
  switch (kind) {
    case "edit":
    case "delete":
      return `${messageId}.${kind}`;
    case "pin":
    case "unpin":
      return `${messageId}.pin`;
    case "react":
    case "unreact":
      return `${messageId}.react.${text}`;
  }
}

/** A message with one's own pending changes made. A message that none of them is about comes back as it is. */
export function withChanges<Message extends MessageView>(
  message: Message,
  changes: readonly PendingChange[],
  viewerId: string,
): ShownMessage<Message> {
  let shown: ShownMessage<Message> = message;
  for (const change of changes) if (change.messageId === message.id) shown = withChange(shown, change, viewerId);
  return shown;
}

function withChange<Message extends MessageView>(
  message: ShownMessage<Message>,
  change: PendingChange,
  viewerId: string,
): ShownMessage<Message> {
  const { kind, text, askedAt, failure } = change;
  if (failure !== null) return { ...message, unsaved: { body: text, reason: failure.message } };
  if (message.deletedAt !== null) return message;
  switch (kind) {
    case "edit":
      return { ...message, body: text, editedAt: askedAt };
    case "delete":
      return change.dueAt > 0
        ? { ...message, going: true }
        : { ...message, body: "", reactions: [], previews: [], deletedAt: askedAt, pinnedAt: null, pinnedBy: null };
    case "pin":
      return message.pinnedAt === null ? { ...message, pinnedAt: askedAt, pinnedBy: viewerId } : message;
    case "unpin":
      return { ...message, pinnedAt: null, pinnedBy: null };
    case "react":
      return { ...message, reactions: withReaction(message.reactions, text, viewerId) };
    case "unreact":
      return { ...message, reactions: withoutReaction(message.reactions, text, viewerId) };
  }
}

function withReaction(reactions: ReactionView[], emoji: string, viewerId: string): ReactionView[] {
  if (!reactions.some((one) => one.emoji === emoji)) return [...reactions, { emoji, accountIds: [viewerId] }];
  return reactions.map((one) =>
    one.emoji === emoji && !one.accountIds.includes(viewerId)
      ? { emoji, accountIds: [...one.accountIds, viewerId] }
      : one,
  );
}

function withoutReaction(reactions: ReactionView[], emoji: string, viewerId: string): ReactionView[] {
  return reactions.flatMap((one) => {
    if (one.emoji !== emoji) return one;
    const accountIds = one.accountIds.filter((id) => id !== viewerId);
    return accountIds.length === 0 ? [] : { emoji, accountIds };
  });
}
