import type { Invariant } from "@/tests/convergence/violation";
import type { Replacement } from "@/tests/support/server-variant";
import { SABOTAGE } from "@/tests/support/variants";

/** A build that breaks a promise, and what must find it out. */
interface Sabotage {
  /** What it does, to be read after "a server that" or "a client that". */
  does: string;
  server?: readonly Replacement[];
  client?: readonly Replacement[];
  /** At least one of these must be broken. */
  breaks: readonly Invariant[];
  /** The faults under which it shows. */
  faults: readonly string[];
  /** How long it may take to show. */
  seconds: number;
}

const LOST_ANSWERS = "lost acknowledgements";
const AWAY = "removal while cut off";

/** Every promise has a build here that breaks it: a check that finds nothing in one of them proves nothing. */
export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  "ack-before-commit": {
    does: "a server that acknowledges before it commits",
    server: SABOTAGE.ackBeforeCommit,
    breaks: ["I1"],
    faults: ["kill -9 of a server"],
    seconds: 8,
  },
  "no-dedupe": {
    does: "a server that stores a repeated send again",
    server: SABOTAGE.noDedupe,
    breaks: ["I2"],
    faults: [LOST_ANSWERS, "cut"],
    seconds: 8,
  },
  "places-from-a-sequence": {
    does: "a server whose places have holes, as those of a database sequence have",
    server: [
      {
        file: "lib/messages/log/commit.ts",
        find: "const { rows } = await pool().query<AppendedRow>(statement);",
        replace: `
          await pool().query("UPDATE channels SET last_seq = last_seq + 1 WHERE random() < 0.1");
          const { rows } = await pool().query<AppendedRow>(statement);`,
      },
    ],
    breaks: ["I3"],
    faults: [],
    seconds: 8,
  },
  "unordered-fan-out": {
    does: "a server whose events overtake each other",
    server: SABOTAGE.unorderedFanout,
    breaks: ["I5"],
    faults: [],
    seconds: 8,
  },
  "hidden-gap": {
    does: "a server that loses events and says that there were none",
    server: SABOTAGE.hiddenGap,
    breaks: ["I4"],
    faults: [],
    seconds: 8,
  },
  "stale-permission": {
    does: "a server in which the removed go on hearing",
    server: SABOTAGE.stalePermission,
    breaks: ["I9"],
    faults: [],
    seconds: 8,
  },
  "recovery-on": {
    does: "a server that puts returning connections back where they were",
    server: SABOTAGE.recoveryOn,
    breaks: ["I9", "I10"],
    faults: [AWAY],
    seconds: 14,
  },
  "never-revoke": {
    does: "a server that leaves the connections of a revoked session alone",
    server: SABOTAGE.neverRevoke,
    breaks: ["I10"],
    faults: [],
    seconds: 8,
  },
  "deleted-body-leaked": {
    does: "a server that remembers what was deleted",
    server: [
      {
        file: "lib/messages/message.view.ts",
        find: "body: row.body,",
        replace: `body: row.body || (globalThis as never as { said: Map<string, string> }).said.get(row.id) || "",`,
      },
      {
        file: "lib/messages/message.view.ts",
        find: "export function messageView(row: MessageRow): MessageView {",
        replace: `export function messageView(row: MessageRow): MessageView {
          const memory = globalThis as never as { said?: Map<string, string> };
          memory.said ??= new Map();
          if (row.body !== "") memory.said.set(row.id, row.body);`,
      },
    ],
    breaks: ["I11"],
    faults: [],
    seconds: 8,
  },
  "no-gap-check": {
    does: "a client that takes whatever comes for the next change, and never asks",
    client: [
      {
        file: "lib/realtime/position.ts",
        find: 'return range.from === cursor ? "apply" : "resync";',
        replace: 'return "apply";',
      },
      {
        file: "lib/realtime/browser/resync.ts",
        find: "for (const [channelId, sync] of Object.entries(answer.channels)) this.takeSync(channelId, sync);",
        replace: "",
      },
    ],
    breaks: ["I4"],
    faults: ["cut", "lost events"],
    seconds: 8,
  },
  "new-id-at-each-try": {
    does: "a client that repeats a send under a new id",
    client: [
      {
        file: "lib/realtime/browser/outbox.ts",
        find: 'connection.ask("message:send", payloadOf(unsent))',
        replace:
          'connection.ask("message:send", { ...payloadOf(unsent), id: unsent.id.slice(0, -4) + Math.random().toString(16).slice(2, 6) })',
      },
    ],
    breaks: ["I2"],
    faults: [LOST_ANSWERS],
    seconds: 14,
  },
};
