import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { Connection } from "@/lib/realtime/browser/connection";
import type { SavedPage } from "@/lib/saved/saved.events";
import { type SavedFact, type SavedState, savedReducer } from "@/lib/saved/saved.store";
import { rest } from "@/lib/shared/rest";
import { createStore, type Store } from "@/lib/shared/store";

/** Of longer lists only the latest are known by heart; the others are found in the list itself. */
const KNOWN = 100;

export interface Saved {
  store: Store<SavedState, SavedFact>;
  connection: Connection;
  /** One page of what is saved, the latest first. */
  page: (cursor: string | null) => Promise<SavedPage>;
  /** Saves or unsaves: at once here, and taken back where the server refuses. Rejects with a Refusal then. */
  keep: (messageId: string, saved: boolean) => Promise<void>;
}

export const SavedContext = createContext<Saved | null>(null);

/** What one has saved in this workspace. Throws outside of a SavedProvider. */
export function useSaved(): Saved {
  const saved = useContext(SavedContext);
  if (saved === null) throw new Error("a list of saved messages stands outside of a SavedProvider");
  return saved;
}

/** The store behind a SavedProvider: what is saved is asked for when the page has come to rest, and kept true. */
export function useNewSaved(connection: Connection, slug: string): Saved {
  const [store] = useState(() => createStore<SavedState, SavedFact>(savedReducer, null));
  const saved = useMemo<Saved>(
    () => ({
      store,
      connection,
      page: (cursor) =>
        rest("GET", `/workspaces/${slug}/saved?limit=${KNOWN}${cursor === null ? "" : `&cursor=${cursor}`}`),
      async keep(messageId, keeps) {
        const change = (savedAt: string | null) => store.tell({ type: "change", change: { messageId, savedAt } });
        change(keeps ? new Date().toISOString() : null);
        try {
          await connection.ask(keeps ? "message:save" : "message:unsave", { id: messageId });
        } catch (error) {
          change(keeps ? null : new Date().toISOString());
          throw error;
        }
      },
    }),
    [store, connection, slug],
  );
  useEffect(() => {
    const refresh = () =>
      void saved.page(null).then(
        (page) => store.tell({ type: "known", ids: page.saved.map(({ message }) => message.id) }),
        // What is known stays; the next return asks again.
        () => undefined,
      );
    const stops = [
      connection.onResynced(refresh),
      connection.on("message:saved", (change) => store.tell({ type: "change", change })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [saved, store, connection]);
  return saved;
}
