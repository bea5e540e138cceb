import type { PresenceChange } from "@/lib/presence/presence.events";

/** A reload is no absence: who is missed at fewer looks in a row than this is still there. */
const LOOKS_MISSED = 3;

/** What the readers of one workspace were told of who is there. */
export class Told {
  private readonly missed = new Map<string, number>();

  /** Compares with who is online now. @returns what has changed and is to be told */
  changes(online: ReadonlySet<string>): PresenceChange[] {
    const changes: PresenceChange[] = [];
    for (const accountId of online) {
      if (!this.missed.has(accountId)) changes.push({ accountId, status: "online" });
      this.missed.set(accountId, 0);
    }
    for (const [accountId, looks] of this.missed) {
      if (online.has(accountId)) continue;
      this.missed.set(accountId, looks + 1);
      if (looks + 1 < LOOKS_MISSED) continue;
      this.missed.delete(accountId);
      changes.push({ accountId, status: "offline" });
    }
    return changes;
  }

  /** Everybody who was told to be there, for one who has just come. */
  all(): PresenceChange[] {
    return [...this.missed.keys()].map((accountId) => ({ accountId, status: "online" }));
  }
}
