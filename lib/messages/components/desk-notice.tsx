"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { MessageDesk } from "@/lib/messages/desk";

const SHOWN_MS = 6_000;

/** A sentence about what became of something that one did, over the page for a while and said aloud. */
export function DeskNotice({ desk }: { desk: MessageDesk }) {
  const sentence = useSyncExternalStore(desk.notice.subscribe, desk.notice.get, () => null);
  useEffect(() => {
    if (sentence === null) return;
    const timer = setTimeout(() => desk.notice.tell(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [desk, sentence]);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-24 z-50 flex justify-center px-4">
      {sentence === null ? null : (
        <p className="animate-rise rounded-sm bg-strong px-4 py-2 text-meta font-medium text-canvas shadow-float">
          {sentence}
        </p>
      )}
    </div>
  );
}
