import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("popstate", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("popstate", watcher);
  };
}

/**
 * The path and query in the address bar, followed within the same frame (Next's own hooks follow in a transition).
 *
 * @param initial what the server drew the page for
 */
export function useLocation(initial: string): URL {
  const address = useSyncExternalStore(
    subscribe,
    () => window.location.pathname + window.location.search,
    () => initial,
  );
  return new URL(address, "http://parley.invalid");
}

/**
 * Goes to another path of this page without asking the server.
 *
 * @param how "replace" when the place stays the same and only its address changed
 */
export function navigate(path: string, how: "push" | "replace" = "push"): void {
  if (path === window.location.pathname + window.location.search) return;
  if (how === "push") window.history.pushState(null, "", path);
  else window.history.replaceState(null, "", path);
  for (const watcher of watchers) watcher();
}
