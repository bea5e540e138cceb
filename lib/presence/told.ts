import type { PresenceChange } from "@/lib/presence/presence.events";
import type { Here } from "@/lib/presence/roster";

/** A reload is no absence: who is missed at fewer looks in a row than this is still there. */
const LOOKS_MISSED = 3;

/** What the readers of one workspace were told of who is there. */
export class Told {
  private readonly people = new Map<string, { status: Here; missed: number }>();

  /** Compares with who is there now. @returns what has changed and is to be told */
  changes(here: ReadonlyMap<string, Here>): PresenceChange[] {
    const changes: PresenceChange[] = [];
    for (const [accountId, status] of here) {
      const known = this.people.get(accountId);
      if (known?.status !== status) changes.push({ accountId, status });
      if (known === undefined) this.people.set(accountId, { status, missed: 0 });
      else Object.assign(known, { status, missed: 0 });
    }
    for (const [accountId, known] of this.people) {
      if (here.has(accountId)) continue;
      known.missed += 1;
      if (known.missed < LOOKS_MISSED) continue;
      this.people.delete(accountId);
      changes.push({ accountId, status: "offline" });
    }
    return changes;
  }

  /** Everybody who was told to be there, for one who has just come. */
  all(): PresenceChange[] {
    return [...this.people].map(([accountId, { status }]) => ({ accountId, status }));
  }
}
