import { createContext, useCallback, useContext, useEffect } from "react";
import { isThreadPage } from "@/lib/messages/stream";
import type { Connection } from "@/lib/realtime/browser/connection";
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

/** Follows a thread or follows it no longer: shown at once, and taken back where the server refuses. */
export function useFollow({ channelId, threadId }: Target): (following: boolean) => void {
  const { store, connection } = useThreadsContext();
  return useCallback(
    (following: boolean) => {
      const readSeq = store.get().get(threadId)?.readSeq ?? 0;
      const tell = (now: boolean) =>
        store.tell({ type: "standing", standing: { threadId, following: now, readSeq }, root: null });
      tell(following);
      connection.ask("thread:follow", { channelId, threadId, following }).catch(() => tell(!following));
    },
    [store, connection, channelId, threadId],
  );
}

/** Says how far one has read a followed thread: at once here, and to the server. What is not told is told by the next. */
export function useMarkThreadRead({ channelId, threadId }: Target): (seq: number) => void {
  const { store, connection } = useThreadsContext();
  return useCallback(
    (seq: number) => {
      const known = store.get().get(threadId);
      if (known?.following !== true || seq <= known.readSeq) return;
      store.tell({ type: "standing", standing: { threadId, following: true, readSeq: seq }, root: null });
      connection.ask("thread:read", { channelId, threadId, seq }).catch(() => undefined);
    },
    [store, connection, channelId, threadId],
  );
}
