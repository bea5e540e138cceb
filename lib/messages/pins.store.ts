import type { MessageView } from "@/lib/messages/message.events";

/** The pinned messages of a channel after messages of it have changed, the latest first. */
export function afterChanges(pins: readonly MessageView[], changed: readonly MessageView[]): MessageView[] {
  const byId = new Map(pins.map((message) => [message.id, message]));
  for (const message of changed) {
    const held = byId.get(message.id);
    if (held !== undefined && held.version > message.version) continue;
    if (message.pinnedAt === null) byId.delete(message.id);
    else byId.set(message.id, message);
  }
  return [...byId.values()].sort((one, other) => ((one.pinnedAt ?? "") < (other.pinnedAt ?? "") ? 1 : -1));
}
