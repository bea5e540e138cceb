import { useCallback, useEffect, useRef } from "react";
import { navigate } from "@/lib/ui/location";

/** What stands beside the channel: a thread of it, or the list of threads. Both have addresses, so that back works. */
export interface Beside {
  threadId: string | null;
  threadsShown: boolean;
  openThread: (threadId: string) => void;
  openThreads: () => void;
  close: () => void;
}

/** Reads what stands beside the channel from the address, and gives the focus back to what opened it. */
export function useBeside(location: URL): Beside {
  const threadId = location.searchParams.get("thread");
  const threadsShown = threadId === null && location.searchParams.has("threads");
  const opener = useRef<Element | null>(null);
  const wasShown = useRef(false);
  const shown = threadId !== null || threadsShown;

  const open = useCallback((query: string) => {
    opener.current ??= document.activeElement;
    navigate(`${window.location.pathname}?${query}`);
  }, []);

  useEffect(() => {
    const closed = wasShown.current && !shown;
    wasShown.current = shown;
    if (!closed) return;
    const before = opener.current;
    opener.current = null;
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    // Nothing that is still there opened it: one writes on in the channel.
    else document.querySelector<HTMLElement>("#channel textarea")?.focus();
  }, [shown]);

  return {
    threadId,
    threadsShown,
    openThread: useCallback((id: string) => open(`thread=${id}`), [open]),
    openThreads: useCallback(() => open("threads"), [open]),
    close: useCallback(() => navigate(window.location.pathname), []),
  };
}
