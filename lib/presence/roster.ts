/** Accounts by workspace slug. */
export type BySlug = Record<string, string[]>;

/** How somebody who is connected is there. */
export type Here = "online" | "away";

interface Report {
  at: number;
  connected: ReadonlyMap<string, readonly string[]>;
  away: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Who is connected, to whichever node. A node that has been silent for too long is taken for gone. */
export class Roster {
  private readonly reports = new Map<string, Report>();

  /**
   * Replaces what is known of a node: the accounts connected to it, and those of them that none of their connections
   * there calls active. `at` in ms of any steady clock.
   */
  report(node: string, at: number, connected: BySlug, away: BySlug = {}): void {
    const sets = Object.entries(away).map(([slug, ids]) => [slug, new Set(ids)] as const);
    this.reports.set(node, { at, connected: new Map(Object.entries(connected)), away: new Map(sets) });
  }

  /** Forgets the nodes that were last heard of before a moment. */
  forgetSilent(before: number): void {
    for (const [node, { at }] of this.reports) if (at < before) this.reports.delete(node);
  }

  /** Everybody who is connected to a workspace: online where any node says so, else away. */
  here(slug: string): Map<string, Here> {
    const here = new Map<string, Here>();
    for (const { connected, away } of this.reports.values()) {
      const idle = away.get(slug);
      for (const id of connected.get(slug) ?? []) {
        if (here.get(id) !== "online") here.set(id, idle?.has(id) === true ? "away" : "online");
      }
    }
    return here;
  }
}
