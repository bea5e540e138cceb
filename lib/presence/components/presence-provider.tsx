"use client";

import { type ReactNode, useEffect, useState } from "react";
import { PresenceContext } from "@/lib/presence/presence.hooks";
import { NOBODY, presenceReducer } from "@/lib/presence/presence.store";
import type { Connection } from "@/lib/realtime/browser/connection";
import { createStore } from "@/lib/shared/store";

/** Knows who is online, for all that is drawn inside. */
export function PresenceProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  const [store] = useState(() => createStore(presenceReducer, NOBODY));
  useEffect(() => {
    const stops = [
      connection.on("presence", ({ changes }) => store.tell({ type: "changed", changes })),
      connection.state.subscribe(() => {
        if (connection.state.get() !== "online") store.tell({ type: "lost" });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection, store]);
  return <PresenceContext value={store}>{children}</PresenceContext>;
}
