import type { MessageView } from "@/lib/messages/message.events";
import type { FollowedThread, ThreadStanding } from "@/lib/threads/thread.events";

/** How the viewer stands to a thread. `root` is null where it is not known, which is only so of threads not followed. */
export interface KnownThread {
  root: MessageView | null;
  following: boolean;
  readSeq: number;
}

/** By the message that began each. */
export type ThreadsState = ReadonlyMap<string, KnownThread>;

export type ThreadFact =
  /** What the server lists as followed: of all others, where the list is whole, it is known that they are not. */
  | { type: "listed"; threads: FollowedThread[]; whole: boolean }
  | { type: "standing"; standing: Pick<ThreadStanding, "threadId" | "following" | "readSeq">; root: MessageView | null }
  | { type: "changes"; messages: readonly MessageView[]; viewerId: string };

export const NO_THREADS: ThreadsState = new Map();

export function threadsReducer(state: ThreadsState, fact: ThreadFact): ThreadsState {
  switch (fact.type) {
    case "listed": {
      const unfollowed = [...state].map(([id, thread]): [string, KnownThread] => [
        id,
        fact.whole ? { ...thread, following: false } : thread,
      ]);
      const listed = fact.threads.map(({ root, readSeq }): [string, KnownThread] => {
        const known = state.get(root.id);
        return [
          root.id,
          { root: newer(known?.root, root), following: true, readSeq: Math.max(known?.readSeq ?? 0, readSeq) },
        ];
      });
      return new Map([...unfollowed, ...listed]);
    }
    case "standing": {
      const { threadId, following, readSeq } = fact.standing;
      const known = state.get(threadId);
      const root = fact.root === null ? (known?.root ?? null) : newer(known?.root, fact.root);
      return new Map(state).set(threadId, { root, following, readSeq: Math.max(known?.readSeq ?? 0, readSeq) });
    }
    case "changes":
      return afterChanges(state, fact.messages, fact.viewerId);
  }
}

/** Whoever replies follows and has read; whoever began the thread or is called in it follows too, as the server does it. */
function afterChanges(state: ThreadsState, messages: readonly MessageView[], viewerId: string): ThreadsState {
  const next = new Map(state);
  for (const message of messages) {
    if (message.threadId === null) {
      const known = next.get(message.id);
      const own = message.authorId === viewerId && message.replyCount > 0;
      if (known !== undefined) next.set(message.id, { ...known, root: newer(known.root, message) });
      else if (own) next.set(message.id, { root: message, following: true, readSeq: 0 });
      continue;
    }
    const root = messages.find(({ id }) => id === message.threadId) ?? null;
    const known = next.get(message.threadId) ?? { root, following: false, readSeq: 0 };
    if (message.authorId === viewerId) {
      const readSeq = Math.max(known.readSeq, message.threadSeq ?? 0);
      next.set(message.threadId, { root: known.root ?? root, following: true, readSeq });
    } else if (message.mentions.includes(viewerId) && !next.has(message.threadId)) {
      next.set(message.threadId, { ...known, following: true });
    }
  }
  return next;
}

function newer(known: MessageView | null | undefined, told: MessageView): MessageView {
  return known != null && known.version >= told.version ? known : told;
}

/** The followed threads with the latest reply first, those with something unread before the others. */
export function followed(state: ThreadsState): { root: MessageView; unread: number }[] {
  return [...state.values()]
    .flatMap(({ root, following, readSeq }) =>
      root === null || !following ? [] : [{ root, unread: Math.max(0, root.replyCount - readSeq) }],
    )
    .toSorted((a, b) => Number(b.unread > 0) - Number(a.unread > 0) || repliedAt(b.root) - repliedAt(a.root));
}

/** @param reads the channels that the viewer reads: threads of others are out of reach */
export function hasUnreadThread(state: ThreadsState, reads: (channelId: string) => boolean): boolean {
  for (const { root, following, readSeq } of state.values())
    if (following && root !== null && root.replyCount > readSeq && reads(root.channelId)) return true;
  return false;
}

function repliedAt({ lastReplyAt }: MessageView): number {
  return lastReplyAt === null ? 0 : Date.parse(lastReplyAt);
}
