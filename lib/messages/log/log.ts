import { inWriteLane } from "@/lib/db/write-lane";
import {
  type Append,
  type Appended,
  type Change,
  type Changed,
  commitAppends,
  commitChanges,
} from "@/lib/messages/log/commit";
import { doubt, type InDoubt } from "@/lib/messages/log/doubt";
import { publishAppended, publishChanged } from "@/lib/messages/log/publish-committed";
import { measureCommit, messageLogMetrics } from "@/lib/metrics/message-log";
import { Refusal } from "@/lib/shared/errors";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

/**
 * The group commit: the one way into the message log.
 *
 * Appends and changes queue while one statement is in flight; the next statements take all that wait. One commit makes
 * many messages durable, and no timer decides when: an idle log commits a single message at once, a busy one batches
 * by itself.
 */
const MOST_IN_A_BATCH = 500;
const MOST_WAITING = 10_000;
const LOCK_NOT_AVAILABLE = "55P03";

/** The queue is full: the log takes in less than it is sent. Nothing was written. */
const OVERLOADED = "Parley is receiving more than it can store just now. Nothing was lost; send it again.";

interface Entry<What, Outcome> {
  what: What;
  answer: (outcome: Outcome) => void;
  fail: (error: unknown) => void;
}

type Waiting = ({ kind: "append" } & Entry<Append, Appended>) | ({ kind: "change" } & Entry<Change, Changed>);

interface Queue {
  waiting: Waiting[];
  draining: boolean;
}

function queue(): Queue {
  return singleton<Queue>("messages.log", () => {
    const made: Queue = { waiting: [], draining: false };
    messageLogMetrics().waiting = () => made.waiting.length;
    return made;
  });
}

/**
 * Queues one append, synchronously: two calls in a row keep their order.
 * @returns what became of it, once that is durable
 * @throws Refusal `unavailable` when the queue is full; the database's error when it cannot be known what became of it
 */
export function append(what: Append): Promise<Appended> {
  return new Promise((answer, fail) => enqueue({ kind: "append", what, answer, fail }));
}

/** Queues one change of a stored message, in every respect like an append. It finds what was appended before it. */
export function change(what: Change): Promise<Changed> {
  return new Promise((answer, fail) => enqueue({ kind: "change", what, answer, fail }));
}

function enqueue(entry: Waiting): void {
  const state = queue();
  if (state.waiting.length >= MOST_WAITING) {
    entry.fail(new Refusal("unavailable", OVERLOADED, { retryAfterMs: 1_000 }));
    return;
  }
  state.waiting.push(entry);
  if (!state.draining) void drain(state);
}

async function drain(state: Queue): Promise<void> {
  state.draining = true;
  while (state.waiting.length > 0) {
    await inWriteLane(async () => {
      const batch = takeBatch(state.waiting);
      await settle(
        batch.filter((entry) => entry.kind === "append"),
        {
          commit: commitAppends,
          publish: publishAppended,
          inDoubt: (all) => ({ channelIds: all.map(({ channelId }) => channelId), messageIds: [] }),
        },
      );
      await settle(
        batch.filter((entry) => entry.kind === "change"),
        {
          commit: commitChanges,
          publish: publishChanged,
          inDoubt: (all) => ({ channelIds: [], messageIds: all.map(({ messageId }) => messageId) }),
        },
      );
    });
  }
  state.draining = false;
}

/**
 * Takes from the front up to the first append that must find another of the batch in its place: a retry is judged after
 * what it repeats, and a reply after what it answers.
 */
function takeBatch(waiting: Waiting[]): Waiting[] {
  const ids = new Set<string>();
  let size = 0;
  for (const { kind, what } of waiting) {
    if (size === MOST_IN_A_BATCH) break;
    if (kind === "append" && (ids.has(what.id) || (what.threadId !== null && ids.has(what.threadId)))) break;
    if (kind === "append") ids.add(what.id);
    size += 1;
  }
  return waiting.splice(0, size);
}

interface Statement<What, Outcome> {
  commit: (all: What[]) => Promise<Outcome[]>;
  publish: (all: readonly What[], outcomes: readonly Outcome[]) => void;
  /** Where something may have been stored, when nobody knows. */
  inDoubt: (all: readonly What[]) => InDoubt;
}

/** Commits a batch and answers each of it. Never throws: every waiting entry learns its own fate. */
async function settle<What, Outcome>(
  batch: Entry<What, Outcome>[],
  statement: Statement<What, Outcome>,
): Promise<void> {
  if (batch.length === 0) return;
  try {
    const all = batch.map(({ what }) => what);
    const outcomes = await measureCommit(all.length, () => twice(() => statement.commit(all)));
    // Acknowledged, then published: what is published leaves with the event loop's next turn, after the acknowledgements.
    batch.forEach(({ answer, fail }, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) fail(new Error("The database answered fewer rows than it was given."));
      else answer(outcome);
    });
    statement.publish(all, outcomes);
  } catch (error) {
    // Whoever holds the lock that a batch waited for in vain would let each of it wait as long.
    if (batch.length > 1 && isRefusedByDatabase(error) && sqlState(error) !== LOCK_NOT_AVAILABLE) {
      log().warn({ err: error, size: batch.length }, "a batch was refused; committing one by one");
      for (const one of batch) await settle([one], statement);
      return;
    }
    log().error({ err: error, size: batch.length }, "a batch could not be committed");
    for (const { fail } of batch) fail(error);
    if (!isRefusedByDatabase(error)) doubt(statement.inDoubt(batch.map(({ what }) => what)));
  }
}

/** A deadlock, a serialization failure or an id that another node stored meanwhile: a second look at the data settles it. */
async function twice<T>(commit: () => Promise<T>): Promise<T> {
  try {
    return await commit();
  } catch (error) {
    if (!["40001", "40P01", "23505"].includes(sqlState(error))) throw error;
    return await commit();
  }
}

/** True where the database itself said no (so that nothing was stored); false where the line to it broke. */
function isRefusedByDatabase(error: unknown): boolean {
  const state = sqlState(error);
  return /^[0-9A-Z]{5}$/.test(state) && !/^(08|53|57|58|XX)/.test(state);
}

function sqlState(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
