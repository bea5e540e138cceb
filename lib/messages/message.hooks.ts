import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import type { AccountView } from "@/lib/auth/account.events";
import { Conversation } from "@/lib/messages/conversation";
import type { MessagePage } from "@/lib/messages/message.events";
import type { Edge, TimelineState } from "@/lib/messages/message.store";
import type { Connection } from "@/lib/realtime/browser/connection";

const ConversationContext = createContext<Conversation | null>(null);

interface MessagesProviderProps {
  connection: Connection;
  viewer: AccountView;
  /** The page that the server rendered, so that the first drawing shows it. */
  initial?: { channelId: string; page: MessagePage };
  children: ReactNode;
}

/** Gives timelines and composers below it the messages of one workspace. */
export function MessagesProvider({ connection, viewer, initial, children }: MessagesProviderProps) {
  const [conversation] = useState(() => new Conversation({ connection, viewer, ...(initial && { initial }) }));
  useEffect(() => conversation.start(), [conversation]);
  return createElement(ConversationContext, { value: conversation }, children);
}

/** The conversation of the surrounding MessagesProvider. Throws outside of one. */
export function useConversation(): Conversation {
  const conversation = useContext(ConversationContext);
  if (conversation === null) throw new Error("a timeline or composer stands outside of a MessagesProvider");
  return conversation;
}

/** What is held of a channel, and how to get more. The newest page is asked for by itself where none is held. */
export function useTimeline(channelId: string): TimelineState & { load: (edge: Edge, around?: number) => void } {
  const conversation = useConversation();
  const { timelines, connection } = conversation;
  const subscribe = useCallback((watch: () => void) => timelines.subscribe(channelId, watch), [timelines, channelId]);
  const get = () => timelines.get(channelId);
  const state = useSyncExternalStore(subscribe, get, get);
  const load = useCallback(
    (edge: Edge, around?: number) => void conversation.load(channelId, edge, around),
    [conversation, channelId],
  );
  useEffect(() => conversation.see(channelId), [conversation, channelId]);
  const missing = state.cursor === null && state.trouble === null;
  useEffect(() => {
    if (missing) load("newest");
  }, [missing, load]);
  useEffect(
    () =>
      connection.onResynced(() => {
        const { cursor, stale, trouble } = timelines.get(channelId);
        if (trouble !== null) load(cursor === null || stale ? "newest" : "older");
      }),
    [connection, timelines, channelId, load],
  );
  return { ...state, load };
}

/** Sends a message to a channel: it is drawn at once, and kept until the server has it. */
export function useSend(channelId: string): (body: string) => void {
  const conversation = useConversation();
  return useCallback((body: string) => conversation.send(channelId, body), [conversation, channelId]);
}
