/** Everything that is ever said over a socket, both directions, on one screen. Types only. */
import type { AccountView } from "@/lib/auth/account.events";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { ChannelChanges, MessagePage, MessageView, SyncAnswer } from "@/lib/messages/message.events";
import type { PresenceChange } from "@/lib/presence/presence.events";
import type { ErrorBody } from "@/lib/shared/errors";

export type Answer<T> = ({ ok: true } & T) | { ok: false; error: ErrorBody };
type Ask<Payload, T> = (payload: Payload, acknowledge: (answer: Answer<T>) => void) => void;

export interface ClientToServer {
  "message:send": Ask<
    { id: string; channelId: string; body: string; threadId?: string | null; inChannel?: boolean },
    { message: MessageView }
  >;
  "message:edit": Ask<{ id: string; body: string }, { message: MessageView }>;
  "message:delete": Ask<{ id: string }, { message: MessageView }>;
  "reaction:add": Ask<{ messageId: string; emoji: string }, { message: MessageView }>;
  "reaction:remove": Ask<{ messageId: string; emoji: string }, { message: MessageView }>;
  "preview:remove": Ask<{ messageId: string }, { message: MessageView }>;
  "channel:read": Ask<{ channelId: string; seq: number }, { readSeq: number }>;
  history: Ask<{ channelId: string; limit?: number; before?: number; after?: number; around?: number }, MessagePage>;
  sync: Ask<{ cursors: Record<string, number> }, SyncAnswer>;
}

export interface ServerToClient {
  hello: (fact: { epoch: string; account: AccountView; serverTime: string }) => void;
  "channel:changes": (fact: ChannelChanges) => void;
  "channel:heads": (fact: { versions: Record<string, number> }) => void;
  "channel:joined": (fact: { channel: ChannelView }) => void;
  "channel:updated": (fact: { channel: ChannelView }) => void;
  "channel:left": (fact: { channelId: string }) => void;
  "channel:read": (fact: { channelId: string; readSeq: number; mentionCount: number }) => void;
  presence: (fact: { changes: PresenceChange[] }) => void;
  "member:updated": (fact: { account: AccountView }) => void;
  "server:closing": (fact: { reconnectInMs: number }) => void;
}
