import { setTimeout as wait } from "node:timers/promises";
import { pool } from "@/lib/db/database";
import type { Append } from "@/lib/messages/log/commit";
import { publishVersion } from "@/lib/messages/log/publish-stored";
import { singleton } from "@/lib/shared/singleton";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A statement that Postgres had not begun when the line broke may still be carried out when it goes on. */
const LAST_LOOK_MS = 15_000;

/** Channels, with their workspaces, in which something may have been stored that nobody was told of. */
function doubtful(): { channels: Map<string, string>; looking: boolean } {
  return singleton("messages.doubtful", () => ({ channels: new Map<string, string>(), looking: false }));
}

/**
 * Takes note of appends of which nobody knows whether they are stored, because the line to the database broke. Once it
 * answers again their channels are told how far they have come, so that no reader misses what was stored after all.
 */
export function doubt(appends: readonly Append[]): void {
  const state = doubtful();
  for (const { channelId, workspace } of appends) state.channels.set(channelId, workspace.slug);
  if (state.looking) return;
  state.looking = true;
  void lookUntilKnown().finally(() => {
    state.looking = false;
  });
}

async function lookUntilKnown(): Promise<void> {
  const { channels } = doubtful();
  for (let pause = FIRST_PAUSE_MS; channels.size > 0; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    await wait(pause, undefined, { ref: false });
    const asked = new Map(channels);
    if (!(await tellVersions(asked))) continue;
    for (const channelId of asked.keys()) channels.delete(channelId);
    await wait(LAST_LOOK_MS, undefined, { ref: false });
    if (!(await tellVersions(asked))) for (const [channelId, slug] of asked) channels.set(channelId, slug);
  }
}

/** @returns whether the database answered */
async function tellVersions(channels: ReadonlyMap<string, string>): Promise<boolean> {
  const answer = await pool()
    .query<{ id: string; version: number }>("SELECT id, version FROM channels WHERE id = ANY ($1::uuid[])", [
      [...channels.keys()],
    ])
    .catch(() => null);
  for (const { id, version } of answer?.rows ?? []) publishVersion(channels.get(id) ?? "", id, version);
  return answer !== null;
}
