import { createContext, useCallback, useContext, useEffect, useRef } from "react";
import { isThreadPage } from "@/lib/messages/stream";
import type { Connection } from "@/lib/realtime/browser/connection";
import { isRefusal } from "@/lib/shared/errors";
import type { Store } from "@/lib/shared/store";
import type { KnownThread, ThreadFact, ThreadsState } from "@/lib/threads/thread.store";
import { useStore } from "@/lib/ui/use-store";

export interface Threads {
  store: Store<ThreadsState, ThreadFact>;
  connection: Connection;
}

export const ThreadsContext = createContext<Threads | null>(null);

function useThreadsContext(): Threads {
  const threads = useContext(ThreadsContext);
  if (threads === null) throw new Error("A thread's part was drawn outside of a ThreadsProvider.");
  return threads;
}

/** What `select` picks from the threads. */
export function useThreads<Picked>(select: (state: ThreadsState) => Picked): Picked {
  return useStore(useThreadsContext().store, select);
}

interface Target {
  channelId: string;
  threadId: string;
}

/** How one stands to a thread, which is looked up when it is opened; undefined until that is known. */
export function useThread({ channelId, threadId }: Target): KnownThread | undefined {
  const { store, connection } = useThreadsContext();
  useEffect(() => {
    const look = () =>
      void connection.ask("history", { channelId, threadId, limit: 1 }).then(
        (page) => {
          if (!isThreadPage(page)) return;
          const { root, following, readSeq } = page;
          store.tell({ type: "standing", standing: { threadId, following, readSeq }, root });
        },
        // The timeline asks for the same and says what went wrong.
        () => undefined,
      );
    look();
    return connection.onResynced(look);
  }, [store, connection, channelId, threadId]);
  return useThreads((state) => state.get(threadId));
}

/**
 * Follows a thread or follows it no longer: shown at once, and taken back where the server refuses.
 * @returns why it was refused, or null
 */
export function useFollow({ channelId, threadId }: Target): (following: boolean) => Promise<string | null> {
  const { store, connection } = useThreadsContext();
  return useCallback(
    async (following: boolean) => {
      const known = store.get().get(threadId);
      const tell = (now: boolean, readSeq: number) =>
        store.tell({ type: "standing", standing: { threadId, following: now, readSeq }, root: null });
      // Whoever begins to follow has seen what stands there.
      tell(following, following ? (known?.root?.replyCount ?? 0) : (known?.readSeq ?? 0));
      try {
        const { standing } = await connection.ask("thread:follow", { channelId, threadId, following });
        store.tell({ type: "standing", standing, root: null });
        return null;
      } catch (error) {
        tell(!following, known?.readSeq ?? 0);
        return isRefusal(error) ? error.message : "That did not work. Try again.";
      }
    },
    [store, connection, channelId, threadId],
  );
}

/** Says how far one has read a followed thread: at once here, and to the server, when the connection is back if it is lost. */
export function useMarkThreadRead({ channelId, threadId }: Target): (seq: number) => void {
  const { store, connection } = useThreadsContext();
  const due = useRef(0);
  const tell = useCallback(() => {
    const seq = due.current;
    if (seq === 0) return;
    connection.ask("thread:read", { channelId, threadId, seq }).then(
      () => {
        if (due.current === seq) due.current = 0;
      },
      // It stays due.
      () => undefined,
    );
  }, [connection, channelId, threadId]);
  useEffect(() => connection.onResynced(tell), [connection, tell]);
  return useCallback(
    (seq: number) => {
      const known = store.get().get(threadId);
      if (known?.following !== true || seq <= known.readSeq) return;
      store.tell({ type: "standing", standing: { threadId, following: true, readSeq: seq }, root: null });
      due.current = seq;
      tell();
    },
    [store, threadId, tell],
  );
}
