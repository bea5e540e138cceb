/** The accounts connected to one node, by workspace slug. */
export type Connected = Record<string, string[]>;

/** Who is connected, to whichever node. A node that has been silent for too long is taken for gone. */
export class Roster {
  private readonly reports = new Map<string, { at: number; connected: Map<string, ReadonlySet<string>> }>();

  /** Replaces what is known of a node. `at` in ms of any steady clock. */
  report(node: string, at: number, connected: Connected): void {
    const bySlug = Object.entries(connected).map(([slug, ids]) => [slug, new Set(ids)] as const);
    this.reports.set(node, { at, connected: new Map(bySlug) });
  }

  /** Forgets the nodes that were last heard of before a moment. */
  forgetSilent(before: number): void {
    for (const [node, { at }] of this.reports) if (at < before) this.reports.delete(node);
  }

  online(slug: string): Set<string> {
    return new Set([...this.reports.values()].flatMap(({ connected }) => [...(connected.get(slug) ?? [])]));
  }
}
