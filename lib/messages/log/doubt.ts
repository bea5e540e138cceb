import { setTimeout as wait } from "node:timers/promises";
import { pool } from "@/lib/db/database";
import { publishVersion } from "@/lib/messages/log/publish-committed";
import { singleton } from "@/lib/shared/singleton";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A statement that Postgres had not begun when the line broke may still be carried out when it goes on. */
const LAST_LOOK_MS = 15_000;

/** Channels, or messages whose channels are not known here, in which something may have been stored. */
export interface InDoubt {
  channelIds: readonly string[];
  messageIds: readonly string[];
}

interface Doubtful {
  channelIds: Set<string>;
  messageIds: Set<string>;
  looking: boolean;
}

function doubtful(): Doubtful {
  return singleton("messages.doubtful", () => ({
    channelIds: new Set<string>(),
    messageIds: new Set<string>(),
    looking: false,
  }));
}

/**
 * Takes note of where nobody knows what is stored, because the line to the database broke. Once it answers again the
 * channels are told how far they have come, so that no reader misses what was stored after all.
 */
export function doubt(newly: InDoubt): void {
  const state = doubtful();
  note(newly);
  if (state.looking) return;
  state.looking = true;
  void lookUntilKnown().finally(() => {
    state.looking = false;
  });
}

function note({ channelIds, messageIds }: InDoubt): void {
  for (const id of channelIds) doubtful().channelIds.add(id);
  for (const id of messageIds) doubtful().messageIds.add(id);
}

async function lookUntilKnown(): Promise<void> {
  const { channelIds, messageIds } = doubtful();
  for (
    let pause = FIRST_PAUSE_MS;
    channelIds.size + messageIds.size > 0;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  ) {
    await wait(pause, undefined, { ref: false });
    const asked = { channelIds: [...channelIds], messageIds: [...messageIds] };
    if (!(await tellVersions(asked))) continue;
    for (const id of asked.channelIds) channelIds.delete(id);
    for (const id of asked.messageIds) messageIds.delete(id);
    await wait(LAST_LOOK_MS, undefined, { ref: false });
    if (!(await tellVersions(asked))) note(asked);
  }
}

/** @returns whether the database answered */
async function tellVersions({ channelIds, messageIds }: InDoubt): Promise<boolean> {
  const answer = await pool()
    .query<{ id: string; version: number; slug: string }>(
      `SELECT c.id, c.version, w.slug FROM channels c JOIN workspaces w ON w.id = c.workspace_id
        WHERE c.id = ANY ($1::uuid[]) OR c.id IN (SELECT channel_id FROM messages WHERE id = ANY ($2::uuid[]))`,
      [channelIds, messageIds],
    )
    .catch(() => null);
  for (const { id, version, slug } of answer?.rows ?? []) publishVersion(slug, id, version);
  return answer !== null;
}
