import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import { GroupStatement } from "@/lib/db/group-statement";
import { singleton } from "@/lib/shared/singleton";
import type { MemberView, Role, WorkspaceView } from "@/lib/workspaces/workspace.events";

/** What is no slug, NUL above all, never reaches the database. */
export function isSlug(slug: string): boolean {
  return /^[a-z0-9-]{1,40}$/.test(slug);
}

const WORKSPACE = `w.id, w.slug, w.name, w.guests_allowed AS "guestsAllowed",
  w.link_previews AS "linkPreviews"`;

type OwnWorkspace = WorkspaceView & { role: Role };

/** A workspace and the viewer's role in it, or null where they have none. */
export async function findWorkspace(viewer: Viewer, slug: string): Promise<OwnWorkspace | null> {
  if (!isSlug(slug)) return null;
  const found = singleton("workspaces.found", () => new GroupStatement(readWorkspaces));
  return await found.of({ accountId: viewer.account.id, slug });
}

async function readWorkspaces(asked: { accountId: string; slug: string }[]): Promise<(OwnWorkspace | null)[]> {
  const { rows } = await pool().query<OwnWorkspace & { ordinal: number }>({
    name: "workspace_of_member",
    text: `SELECT ${WORKSPACE}, m.role, asked.ordinal::integer
      FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS asked (account_id, slug, ordinal)
      JOIN workspaces w ON w.slug = asked.slug
      JOIN members m ON m.workspace_id = w.id AND m.account_id = asked.account_id`,
    values: [asked.map(({ accountId }) => accountId), asked.map(({ slug }) => slug)],
  });
  const byOrdinal = new Map(rows.map(({ ordinal, ...workspace }) => [ordinal, workspace]));
  return asked.map((_, index) => byOrdinal.get(index + 1) ?? null);
}

/** The workspaces of an account, oldest first, with its role in each. */
export async function workspacesOf(accountId: string): Promise<(WorkspaceView & { role: Role })[]> {
  const { rows } = await pool().query<WorkspaceView & { role: Role }>(
    `SELECT ${WORKSPACE}, m.role FROM members m JOIN workspaces w ON w.id = m.workspace_id
      WHERE m.account_id = $1 ORDER BY w.created_at, w.id`,
    [accountId],
  );
  return rows;
}

/** The members of a workspace by name, or only those among `only`. */
export async function listMembers(workspaceId: string, only?: string[]): Promise<MemberView[]> {
  const { rows } = await pool().query<MemberView>(
    `SELECT a.id, a.kind, a.username, a.display_name AS "displayName", m.role
      FROM members m JOIN accounts a ON a.id = m.account_id
      WHERE m.workspace_id = $1 AND ($2::uuid[] IS NULL OR a.id = ANY ($2::uuid[]))
      ORDER BY lower(a.display_name), a.id`,
    [workspaceId, only ?? null],
  );
  return rows;
}

/** What the sign-up and log-in pages need to know before anybody is known. */
export async function signUpState(): Promise<{ firstAccount: boolean; guestsAllowed: boolean }> {
  const { rows } = await pool().query<{ guestsAllowed: boolean }>(
    `SELECT guests_allowed AS "guestsAllowed" FROM workspaces ORDER BY created_at, id LIMIT 1`,
  );
  return { firstAccount: rows[0] === undefined, guestsAllowed: rows[0]?.guestsAllowed ?? false };
}

/** Whether the links in a workspace's messages are previewed. */
export async function wantsPreviews(workspaceId: string): Promise<boolean> {
  const { rows } = await pool().query<{ wanted: boolean }>(
    "SELECT link_previews AS wanted FROM workspaces WHERE id = $1",
    [workspaceId],
  );
  return rows[0]?.wanted === true;
}

/** The slugs of all workspaces: one namespace each. */
export async function allWorkspaceSlugs(): Promise<string[]> {
  const { rows } = await pool().query<{ slug: string }>("SELECT slug FROM workspaces ORDER BY created_at, id");
  return rows.map(({ slug }) => slug);
}
