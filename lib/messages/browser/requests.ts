import type { PendingChange } from "@/lib/messages/browser/pending-change";
import type { MessageView } from "@/lib/messages/message.events";
import type { Connection } from "@/lib/realtime/browser/connection";
import { fitsPacket } from "@/lib/realtime/browser/large-message";
import { rest } from "@/lib/shared/rest";

/** Asks the server to make a change. @returns the message as it is then */
export async function askForChange(
  { ask }: Pick<Connection, "ask">,
  { kind, messageId: id, channelId, text }: PendingChange,
): Promise<MessageView> {
  switch (kind) {
    case "edit":
      return fitsPacket({ id, channelId, body: text })
        ? (await ask("message:edit", { id, body: text })).message
        : (await rest<{ message: MessageView }>("PATCH", `/channels/${channelId}/messages/${id}`, { body: text }))
            .message;
    case "delete":
      return (await ask("message:delete", { id })).message;
    case "react":
      return (await ask("reaction:add", { messageId: id, emoji: text })).message;
    case "unreact":
      return (await ask("reaction:remove", { messageId: id, emoji: text })).message;
    case "pin":
      return (await ask("message:pin", { id })).message;
    case "unpin":
      return (await ask("message:unpin", { id })).message;
  }
}
