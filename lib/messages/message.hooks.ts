import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { AccountView } from "@/lib/auth/account.events";
import { Conversation } from "@/lib/messages/conversation";
import type { MessagePage } from "@/lib/messages/message.events";
import type { Edge, TimelineState } from "@/lib/messages/message.store";
import type { Stream } from "@/lib/messages/stream";
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

/** What is held of a stream, and how to get more. The newest page is asked for by itself where none is held. */
export function useTimeline({ channelId, threadId }: Stream): TimelineState & {
  load: (edge: Edge, around?: number) => void;
} {
  const conversation = useConversation();
  const { connection } = conversation;
  const stream = useMemo(() => ({ channelId, threadId }), [channelId, threadId]);
  const subscribe = useCallback((watch: () => void) => conversation.subscribe(stream, watch), [conversation, stream]);
  const get = () => conversation.stateOf(stream);
  const state = useSyncExternalStore(subscribe, get, get);
  const load = useCallback(
    (edge: Edge, around?: number) => void conversation.load(stream, edge, around),
    [conversation, stream],
  );
  useEffect(() => conversation.see(channelId), [conversation, channelId]);
  const missing = state.cursor === null && state.trouble === null;
  useEffect(() => {
    if (missing) load("newest");
  }, [missing, load]);
  useEffect(
    () =>
      connection.onResynced(() => {
        const { cursor, stale, trouble } = conversation.stateOf(stream);
        if (trouble !== null) load(cursor === null || stale ? "newest" : "older");
      }),
    [connection, conversation, stream, load],
  );
  return { ...state, load };
}

/** Sends a message to a stream: it is drawn at once, and kept until the server has it. */
export function useSend({ channelId, threadId }: Stream): (body: string, inChannel?: boolean) => void {
  const conversation = useConversation();
  return useCallback(
    (body: string, inChannel?: boolean) => conversation.send({ channelId, threadId }, body, inChannel),
    [conversation, channelId, threadId],
  );
}
