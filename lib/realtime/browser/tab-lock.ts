/**
 * Says which tab sends a message, or carries a change of one. Each tab holds a lock in its own name as long as it lives, so messages whose tab's
 * lock is free were left behind, and exactly one living tab takes them. Where the browser has no locks (a page over
 * plain HTTP) several tabs may send the same message, which its id makes harmless.
 */
export class TabLock {
  private readonly end = new AbortController();
  private readonly watched = new Set<string>();

  constructor(
    readonly id: string,
    private readonly scope: string,
    private readonly locks: LockManager | null,
  ) {}

  hold(): void {
    const held = new Promise<void>((release) => this.end.signal.addEventListener("abort", () => release()));
    void this.locks?.request(this.nameOf(this.id), () => held);
  }

  letGo(): void {
    this.end.abort();
  }

  /** Calls `gone` when another tab has closed. A tab is watched once, however often one asks. */
  watch(tab: string, gone: () => void): void {
    if (this.locks === null || tab === this.id || this.watched.has(tab)) return;
    this.watched.add(tab);
    // The lock becomes ours when the other tab ends; it is free again before anybody is told.
    this.locks
      .request(this.nameOf(tab), { signal: this.end.signal }, () => undefined)
      .then(
        () => {
          this.watched.delete(tab);
          gone();
        },
        () => {
          // This tab ended first.
        },
      );
  }

  /** What dead tabs left, after `claim` has been told of each; `elsewhere` is told of the living tabs of the rest. */
  async takeOver<Unsent>(
    kept: () => Promise<{ tab: string; unsent: Unsent }[]>,
    claim: (unsent: Unsent) => void,
    elsewhere: (tab: string) => void,
  ): Promise<Unsent[]> {
    const take = async () => {
      const others = (await kept()).filter(({ tab }) => tab !== this.id);
      const alive = new Set((await this.locks?.query())?.held?.map(({ name }) => name));
      const free: Unsent[] = [];
      for (const { tab, unsent } of others) {
        if (alive.has(this.nameOf(tab))) elsewhere(tab);
        else free.push(unsent);
      }
      for (const unsent of free) claim(unsent);
      return free;
    };
    return this.locks === null ? take() : this.locks.request(`${this.scope}adopt`, take);
  }

  private nameOf(tab: string): string {
    return `${this.scope}tab.${tab}`;
  }
}
