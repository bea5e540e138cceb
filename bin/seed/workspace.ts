import { type Person, SEED_EMAIL } from "@/bin/seed/people";
import { arrive } from "@/lib/channels/arrival.service";
import { pool } from "@/lib/db/database";

export interface SeedWorkspace {
  id: string;
  slug: string;
}

/** The workspace with this slug, or the oldest where none is named; null if there is none. */
export async function findSeedWorkspace(slug: string | undefined): Promise<SeedWorkspace | null> {
  const { rows } = await pool().query<SeedWorkspace>(
    "SELECT id, slug FROM workspaces WHERE $1::text IS NULL OR slug = $1 ORDER BY created_at, id LIMIT 1",
    [slug ?? null],
  );
  return rows[0] ?? null;
}

export async function hasAnyWorkspace(): Promise<boolean> {
  return (await findSeedWorkspace(undefined)) !== null;
}

/** Founds the first workspace, with its default channels, as the first sign-up does: the first of `people` owns it. */
export async function foundWorkspace([founder]: Person[], name: string | undefined): Promise<SeedWorkspace> {
  if (founder === undefined) throw new Error("There is nobody to found a workspace.");
  await arrive({ id: founder.id, kind: "member", username: founder.username, displayName: founder.username }, name);
  const founded = await findSeedWorkspace(undefined);
  if (founded === null) throw new Error("The workspace that was just founded is not there.");
  return founded;
}

/** Whether anybody whom no seed made has written here. */
export async function hasHumanMessages(workspaceId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT FROM accounts a WHERE (a.email IS NULL OR a.email NOT LIKE '%' || $2) AND EXISTS (
        SELECT FROM messages m JOIN channels c ON c.id = m.channel_id
        WHERE m.author_id = a.id AND c.workspace_id = $1
      ) LIMIT 1`,
    [workspaceId, SEED_EMAIL],
  );
  return rowCount !== 0;
}

/** Makes people members of the workspace since `since`. They count as arrived: the seed puts them in their channels. */
export async function addWorkspaceMembers(workspaceId: string, people: readonly Person[], since: Date): Promise<void> {
  await pool().query(
    `INSERT INTO members (workspace_id, account_id, role, joined_at, arrived_at)
      SELECT $1, id, 'member', $3, $3 FROM unnest($2::uuid[]) AS person (id) ON CONFLICT DO NOTHING`,
    [workspaceId, people.map(({ id }) => id), since],
  );
}
