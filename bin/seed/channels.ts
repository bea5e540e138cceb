import type { Random } from "@/bin/seed/random";
import { pool } from "@/lib/db/database";
import { newId } from "@/lib/shared/ids";

export interface SeedChannel {
  id: string;
  name: string;
  isDefault: boolean;
}

const TOPICS = [
  "design",
  "support",
  "engineering",
  "releases",
  "books",
  "food",
  "music",
  "travel",
  "help",
  "garden",
  "running",
  "photos",
  "español",
  "deutsch",
  "日本語",
  "中文",
  "русский",
  "العربية",
  "עברית",
  "हिन्दी",
];

/**
 * Makes public channels until the workspace has `count` of them, and returns `count`: the default ones first, then by
 * age. Asking for fewer than there are makes none.
 */
export async function ensureChannels(workspaceId: string, count: number): Promise<SeedChannel[]> {
  const found = await openChannels(workspaceId);
  const names = new Set(found.map(({ name }) => name));
  for (let made = found.length, next = 0; made < count; next += 1) {
    const name = channelName(next);
    if (names.has(name)) continue;
    // A channel of that name may be archived or private: then the next name is taken.
    const { rowCount } = await pool().query(
      `INSERT INTO channels (id, workspace_id, kind, name, name_key) VALUES ($1, $2, 'public', $3, $3)
        ON CONFLICT (workspace_id, name_key) DO NOTHING`,
      [newId(), workspaceId, name],
    );
    made += rowCount ?? 0;
  }
  return (await openChannels(workspaceId)).slice(0, count);
}

async function openChannels(workspaceId: string): Promise<SeedChannel[]> {
  const { rows } = await pool().query<SeedChannel>(
    `SELECT id, name, is_default AS "isDefault" FROM channels
      WHERE workspace_id = $1 AND kind = 'public' AND archived_at IS NULL ORDER BY is_default DESC, created_at, id`,
    [workspaceId],
  );
  return rows;
}

function channelName(index: number): string {
  const topic = TOPICS[index % TOPICS.length] ?? "channel";
  const round = Math.floor(index / TOPICS.length);
  // Composed as a sign-up form would send it: the key of a name is its NFKC form.
  return (round === 0 ? topic : `${topic}-${round + 1}`).normalize("NFKC");
}

/** How many of `messages` each channel gets: half go to the first, the rest fall off like words in a language. */
export function shares(messages: number, channels: number): number[] {
  if (channels === 0) return [];
  const weights = Array.from({ length: channels - 1 }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const others = weights.map((weight) => Math.floor((messages * weight) / total / 2));
  return [messages - others.reduce((sum, share) => sum + share, 0), ...others];
}

/** Who is in a channel: everybody in a default one, between a third and all in another. */
export function membersOf<P>(random: Random, channel: SeedChannel, people: readonly P[]): P[] {
  if (channel.isDefault) return [...people];
  const share = 1 / 3 + (random.next() * 2) / 3;
  const chosen = people.filter(() => random.chance(share));
  return chosen.length > 0 ? chosen : people.slice(0, 1);
}
