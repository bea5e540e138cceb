/** Everything that is ever said over a socket, both directions, on one screen. Types only. */
import type { AccountView } from "@/lib/auth/account.events";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { ChannelChanges, MessagePage, MessageView, SyncAnswer, ThreadPage } from "@/lib/messages/message.events";
import type { PresenceChange } from "@/lib/presence/presence.events";
import type { Typing } from "@/lib/presence/typing.events";
import type { SavedChange } from "@/lib/saved/saved.events";
import type { ErrorBody } from "@/lib/shared/errors";
import type { FollowedThreads, ThreadStanding } from "@/lib/threads/thread.events";
import type { Role } from "@/lib/workspaces/workspace.events";

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
  "message:pin": Ask<{ id: string }, { message: MessageView }>;
  "message:unpin": Ask<{ id: string }, { message: MessageView }>;
  "message:save": Ask<{ id: string }, { savedAt: string }>;
  "message:unsave": Ask<{ id: string }, { savedAt: null }>;
  "channel:read": Ask<{ channelId: string; seq: number }, { readSeq: number; mentionCount: number }>;
  /** A page of a thread says more: ThreadPage. */
  history: Ask<
    { channelId: string; threadId?: string | null; limit?: number; before?: number; after?: number; around?: number },
    MessagePage | ThreadPage
  >;
  threads: Ask<Record<string, never>, FollowedThreads>;
  "thread:follow": Ask<{ channelId: string; threadId: string; following: boolean }, { standing: ThreadStanding }>;
  "thread:read": Ask<{ channelId: string; threadId: string; seq: number }, { standing: ThreadStanding }>;
  "channel:unread": Ask<{ channelId: string; seq: number }, { readSeq: number; mentionCount: number }>;
  "channel:open": Ask<{ channelId: string }, object>;
  "channel:close": Ask<{ channelId: string }, object>;
  typing: Ask<{ channelId: string; threadId?: string }, object>;
  "presence:set": Ask<{ status: "active" | "away" }, { status: "active" | "away" }>;
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
  "thread:standing": (fact: ThreadStanding) => void;
  "channel:unread": (fact: { channelId: string; readSeq: number; mentionCount: number }) => void;
  "message:saved": (fact: SavedChange) => void;
  typing: (fact: Typing) => void;
  presence: (fact: { changes: PresenceChange[] }) => void;
  "member:updated": (fact: { account: AccountView; role?: Role }) => void;
  "server:closing": (fact: { reconnectInMs: number }) => void;
}
