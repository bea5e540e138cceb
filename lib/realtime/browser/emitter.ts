/** Named facts and those who listen to them. `Facts` maps each name to what is told. */
export class Emitter<Facts> {
  private readonly listeners: { [Name in keyof Facts]?: Set<(fact: Facts[Name]) => void> } = {};

  /** Calls `listener` with every later fact of that name; the answer stops it. */
  on<Name extends keyof Facts>(name: Name, listener: (fact: Facts[Name]) => void): () => void {
    const listeners = this.listeners[name] ?? new Set<(fact: Facts[Name]) => void>();
    this.listeners[name] = listeners;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  emit<Name extends keyof Facts>(name: Name, fact: Facts[Name]): void {
    for (const listener of [...(this.listeners[name] ?? [])]) listener(fact);
  }
}
