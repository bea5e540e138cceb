"use client";

import { type ReactNode, useEffect, useState } from "react";
import { watchActivity } from "@/lib/presence/activity";
import { PresenceContext } from "@/lib/presence/presence.hooks";
import { NOBODY, presenceReducer } from "@/lib/presence/presence.store";
import type { Connection } from "@/lib/realtime/browser/connection";
import { createStore } from "@/lib/shared/store";

/** Knows who is there, for all that is drawn inside, and says whether anybody is here. */
export function PresenceProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  const [store] = useState(() => createStore(presenceReducer, NOBODY));
  useEffect(() => {
    let status: "active" | "away" = "active";
    const say = () => {
      // What cannot be said now is said with the next connection, which counts as active until then.
      if (connection.state.get() === "online") connection.ask("presence:set", { status }).catch(() => undefined);
    };
    const stops = [
      connection.on("presence", ({ changes }) => store.tell({ type: "changed", changes })),
      connection.state.subscribe(() => {
        if (connection.state.get() !== "online") store.tell({ type: "lost" });
        else if (status === "away") say();
      }),
      watchActivity(
        (next) => {
          status = next;
          say();
        },
        { window, document },
      ),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection, store]);
  return <PresenceContext value={store}>{children}</PresenceContext>;
}
