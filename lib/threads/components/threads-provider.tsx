"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { Connection } from "@/lib/realtime/browser/connection";
import { createStore } from "@/lib/shared/store";
import { ThreadsContext } from "@/lib/threads/thread.hooks";
import { NO_THREADS, threadsReducer } from "@/lib/threads/thread.store";

interface ThreadsProviderProps {
  connection: Connection;
  viewerId: string;
  children: ReactNode;
}

/** Knows which threads one follows and how far one has read them, for all that is drawn inside. */
export function ThreadsProvider({ connection, viewerId, children }: ThreadsProviderProps) {
  const [threads] = useState(() => ({ connection, store: createStore(threadsReducer, NO_THREADS) }));
  useEffect(() => {
    const { store } = threads;
    const list = () =>
      void connection.ask("threads", {}).then(
        (answer) => store.tell({ type: "listed", ...answer }),
        // Asked again when the connection is back.
        () => undefined,
      );
    const stops = [
      connection.onResynced(list),
      connection.onChanges(({ messages }) => store.tell({ type: "changes", messages, viewerId })),
      connection.on("thread:standing", (standing) => store.tell({ type: "standing", standing, root: null })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection, threads, viewerId]);
  return <ThreadsContext value={threads}>{children}</ThreadsContext>;
}
