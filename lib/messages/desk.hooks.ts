import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { type ShownMessage, withChanges } from "@/lib/messages/browser/pending-change";
import type { MessageDesk } from "@/lib/messages/desk";
import type { MessageView } from "@/lib/messages/message.events";
import { useConversation } from "@/lib/messages/message.hooks";
import { RowFocus } from "@/lib/messages/row-focus.store";
import { type Stream, streamKey } from "@/lib/messages/stream";

export const DeskContext = createContext<MessageDesk | null>(null);

/** The desk of the surrounding screen; null where messages are only looked at. */
export function useDesk(): MessageDesk | null {
  return useContext(DeskContext);
}

/** Adds to what can be done with messages. The first caller's actions come first; keep the array the same. */
export function useExtraActions(actions: readonly MessageAction[]): void {
  const desk = useDesk();
  useEffect(() => desk?.offer(actions), [desk, actions]);
}

/** A list of rows on the screen: one message can stand in two of them. */
export interface RowList {
  stream: Stream;
  focus: RowFocus;
}

export const RowListContext = createContext<RowList | null>(null);

export function useRowList(): RowList | null {
  return useContext(RowListContext);
}

/** The list of a timeline, for the RowListContext around its rows. */
export function useNewRowList({ channelId, threadId }: Stream): RowList {
  return useMemo(() => ({ stream: { channelId, threadId }, focus: new RowFocus() }), [channelId, threadId]);
}

const never = () => () => {};

/** Whether a row's tools are shown. */
export function useRowActive(id: string): boolean {
  const list = useRowList();
  return useSyncExternalStore(
    list?.focus.subscribe ?? never,
    () => list?.focus.active === id,
    () => false,
  );
}

/** Whether Tab leads to this row. */
export function useRowEntrance(id: string, newest: boolean): boolean {
  const list = useRowList();
  return useSyncExternalStore(
    list?.focus.subscribe ?? never,
    () => list?.focus.isEntrance(id, newest) === true,
    () => list !== null && newest,
  );
}

/** Whether a message's text is open for editing in this list. */
export function useIsEditing(id: string): boolean {
  const desk = useDesk();
  const list = useRowList();
  return useSyncExternalStore(
    desk?.editing.subscribe ?? never,
    () => {
      const editing = desk?.editing.get() ?? null;
      return editing?.messageId === id && list !== null && streamKey(editing.stream) === streamKey(list.stream);
    },
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
