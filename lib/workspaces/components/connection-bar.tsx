"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { Connection } from "@/lib/realtime/browser/connection";
import { isRefusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";

const QUIET_MS = 2_000;

/** Where a refused connection leads: to the log-in page if the session has ended, else to one's own channels. */
async function leaveRefused(): Promise<void> {
  try {
    await rest("GET", "/me");
    window.location.assign("/");
  } catch (error) {
    if (!isRefusal(error) || error.code !== "unauthenticated") return;
    const here = window.location.pathname + window.location.search;
    window.location.assign(`/login?ended=1&next=${encodeURIComponent(here)}`);
  }
}

/** Says that the connection is gone, once that has lasted. While all is well, nothing is there. */
export function ConnectionBar({ connection }: { connection: Connection }) {
  const state = useSyncExternalStore(connection.state.subscribe, connection.state.get, () => "connecting" as const);
  const [lasting, setLasting] = useState(false);

  useEffect(() => {
    if (state === "refused") void leaveRefused();
    if (state === "online" || state === "refused") return setLasting(false);
    const timer = setTimeout(() => setLasting(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <div role="status" className="shrink-0">
      {lasting ? (
        <p className="bg-notice px-4 py-1.5 text-center text-meta text-body">
          You are offline. What you write is kept and sent when you are back.
        </p>
      ) : null}
    </div>
  );
}
