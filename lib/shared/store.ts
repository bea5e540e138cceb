/** State that only facts change, watched from outside React. */
export interface Store<State, Fact> {
  /** The first state, which the server's HTML was drawn from. */
  initial: State;
  get(): State;
  /** Takes a fact in. Watchers are called only if the state became another object. */
  tell(fact: Fact): void;
  subscribe(watcher: () => void): () => void;
}

export function createStore<State, Fact>(
  reduce: (state: State, fact: Fact) => State,
  initial: State,
): Store<State, Fact> {
  const watchers = new Set<() => void>();
  let state = initial;
  return {
    initial,
    get: () => state,
    tell(fact) {
      const next = reduce(state, fact);
      if (next === state) return;
      state = next;
      for (const watcher of watchers) watcher();
    },
    subscribe(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
