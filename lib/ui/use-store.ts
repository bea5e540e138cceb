import { useSyncExternalStore } from "react";
import type { Store } from "@/lib/shared/store";

/** What `select` picks from a store, drawn again when it picks something else. `select` makes no new objects. */
export function useStore<State, Fact, Picked>(store: Store<State, Fact>, select: (state: State) => Picked): Picked {
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(store.initial),
  );
}
