import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import { type ShownMessage, withChanges } from "@/lib/messages/changes/pending-change";
import type { MessageDesk } from "@/lib/messages/desk";
import type { MessageView } from "@/lib/messages/message.events";
import { useConversation } from "@/lib/messages/message.hooks";

export const DeskContext = createContext<MessageDesk | null>(null);

/** The desk of the surrounding screen; null where messages are only looked at. */
export function useDesk(): MessageDesk | null {
  return useContext(DeskContext);
}

const never = () => () => {};

/** Whether a row's tools are shown. */
export function useRowActive(desk: MessageDesk | null, id: string): boolean {
  return useSyncExternalStore(
    desk?.rows.subscribe ?? never,
    () => desk?.rows.active === id,
    () => false,
  );
}

/** Whether Tab leads to this row. */
export function useRowEntrance(desk: MessageDesk | null, id: string, newest: boolean): boolean {
  return useSyncExternalStore(
    desk?.rows.subscribe ?? never,
    () => desk?.rows.isEntrance(id, newest) === true,
    () => desk !== null && newest,
  );
}

/** Whether a message's text is open for editing. */
export function useIsEditing(desk: MessageDesk | null, id: string): boolean {
  return useSyncExternalStore(
    desk?.editing.subscribe ?? never,
    () => desk?.editing.get()?.messageId === id,
    () => false,
  );
}

/** Messages as one sees them: with one's own pending changes made. */
export function useShown<Message extends MessageView>(
  channelId: string,
  messages: readonly Message[],
): readonly ShownMessage<Message>[] {
  const { changes, viewer } = useConversation();
  const subscribe = useCallback((watch: () => void) => changes.on("pending", watch), [changes]);
  const get = () => changes.of(channelId);
  const pending = useSyncExternalStore(subscribe, get, get);
  return pending.length === 0 ? messages : messages.map((message) => withChanges(message, pending, viewer.id));
}
