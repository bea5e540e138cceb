import type { Kept, Unsent } from "@/lib/realtime/browser/unsent";

/**
 * Says which tab sends a message. Each tab holds a lock in its own name as long as it lives, so messages whose tab's
 * lock is free were left behind, and exactly one living tab takes them. Where the browser has no locks (a page over
 * plain HTTP) several tabs may send the same message, which its id makes harmless.
 */
export class TabLock {
  private release: () => void = () => {};

  constructor(
    readonly id: string,
    private readonly scope: string,
    private readonly locks: LockManager | null,
  ) {}

  hold(): void {
    const held = new Promise<void>((resolve) => {
      this.release = resolve;
    });
    void this.locks?.request(this.nameOf(this.id), () => held);
  }

  letGo(): void {
    this.release();
  }

  /** What nobody else alive sends, after `claim` has been told of each. */
  async takeOver(kept: () => Kept[], claim: (unsent: Unsent) => void): Promise<Unsent[]> {
    const take = async () => {
      const alive = new Set((await this.locks?.query())?.held?.map(({ name }) => name));
      const free = kept().filter(({ tab }) => tab === this.id || !alive.has(this.nameOf(tab)));
      for (const { tab, unsent } of free) if (tab !== this.id) claim(unsent);
      return free.map(({ unsent }) => unsent);
    };
    return this.locks === null ? take() : this.locks.request(`${this.scope}adopt`, take);
  }

  private nameOf(tab: string): string {
    return `${this.scope}tab.${tab}`;
  }
}
