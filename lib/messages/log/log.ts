import { inWriteLane } from "@/lib/db/write-lane";
import { type Append, type Appended, commitAppends } from "@/lib/messages/log/commit";
import { doubt } from "@/lib/messages/log/doubt";
import { publishStored } from "@/lib/messages/log/publish-stored";
import { Refusal } from "@/lib/shared/errors";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

/**
 * The group commit: the one way into the message log.
 *
 * Appends queue while one statement is in flight; the next statement takes all that wait. One commit makes many
 * messages durable, and no timer decides when: an idle log commits a single message at once, a busy one batches
 * by itself.
 */
const MOST_IN_A_BATCH = 500;
const MOST_WAITING = 10_000;

/** The queue is full: the log takes in less than it is sent. Nothing was written. */
const OVERLOADED = "Parley is receiving more than it can store just now. Nothing was lost; send it again.";

interface Waiting {
  append: Append;
  answer: (appended: Appended) => void;
  fail: (error: unknown) => void;
}

interface Queue {
  waiting: Waiting[];
  draining: boolean;
}

function queue(): Queue {
  return singleton<Queue>("messages.log", () => ({ waiting: [], draining: false }));
}

/**
 * Queues one append, synchronously: two calls in a row keep their order.
 * @returns what became of it, once that is durable
 * @throws Refusal `unavailable` when the queue is full; the database's error when it cannot be known what became of it
 */
export function append(message: Append): Promise<Appended> {
  const { waiting } = queue();
  if (waiting.length >= MOST_WAITING) {
    return Promise.reject(new Refusal("unavailable", OVERLOADED, { retryAfterMs: 1_000 }));
  }
  return new Promise((answer, fail) => {
    waiting.push({ append: message, answer, fail });
    if (!queue().draining) void drain();
  });
}

async function drain(): Promise<void> {
  const state = queue();
  state.draining = true;
  while (state.waiting.length > 0) {
    await inWriteLane(async () => {
      const batch = takeBatch(state.waiting);
      await settle(batch);
    });
  }
  state.draining = false;
}

/** Takes from the front up to the first id that is already in the batch: a retry is judged after what it repeats. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  const ids = new Set<string>();
  let size = 0;
  for (const { append } of waiting) {
    if (size === MOST_IN_A_BATCH || ids.has(append.id)) break;
    ids.add(append.id);
    size += 1;
  }
  return waiting.splice(0, size);
}

/** Commits a batch and answers each of it. Never throws: every waiting append learns its own fate. */
async function settle(batch: Waiting[]): Promise<void> {
  try {
    const answers = await commitTwice(batch.map(({ append }) => append));
    announce(batch, answers);
  } catch (error) {
    if (batch.length > 1 && isRefusedByDatabase(error)) {
      log().warn({ err: error, size: batch.length }, "a batch was refused; committing one by one");
      for (const one of batch) await settle([one]);
      return;
    }
    log().error({ err: error, size: batch.length }, "messages could not be committed");
    for (const { fail } of batch) fail(error);
    if (!isRefusedByDatabase(error)) doubt(batch.map(({ append }) => append));
  }
}

/** Acknowledges, then publishes: what is published leaves with the event loop's next turn, after the acknowledgements. */
function announce(batch: Waiting[], answers: Appended[]): void {
  batch.forEach(({ answer, fail }, index) => {
    const appended = answers[index];
    if (appended === undefined) fail(new Error("The database answered fewer rows than it was given."));
    else answer(appended);
  });
  publishStored(
    batch.map(({ append }) => append),
    answers,
  );
}

/** A deadlock, a serialization failure or an id that another node stored meanwhile: a second look at the data settles it. */
async function commitTwice(appends: Append[]): Promise<Appended[]> {
  try {
    return await commitAppends(appends);
  } catch (error) {
    if (!["40001", "40P01", "23505"].includes(sqlState(error))) throw error;
    return await commitAppends(appends);
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
