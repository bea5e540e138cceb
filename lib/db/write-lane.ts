import { singleton } from "@/lib/shared/singleton";

/**
 * Runs one channel-changing task at a time in this process, in the order asked for.
 *
 * Versions are handed out by the database in commit order and published in lane order: with one writer these are
 * the same order, so clients of this node never see a gap that nobody made. Publish inside the task, after the commit.
 */
export function inWriteLane<T>(task: () => Promise<T>): Promise<T> {
  const lane = singleton<{ tail: Promise<unknown> }>("db.writeLane", () => ({ tail: Promise.resolve() }));
  const result = lane.tail.then(task);
  lane.tail = result.catch(() => undefined);
  return result;
}

/** Resolves when all tasks asked for so far have ended. */
export async function writeLaneIdle(): Promise<void> {
  await inWriteLane(async () => undefined);
}
