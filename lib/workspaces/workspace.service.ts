import type { AccountView } from "@/lib/auth/account.events";
import { pool, transaction } from "@/lib/db/database";
import { io } from "@/lib/realtime/io";
import { newId } from "@/lib/shared/ids";
import type { Role } from "@/lib/workspaces/workspace.events";
import { checkMayChangeWorkspace } from "@/lib/workspaces/workspace.policy";
import type { ChangeWorkspace } from "@/lib/workspaces/workspace.schemas";

const DEFAULT_NAME = "Parley";
/** Only one workspace can be founded at a time. Any number does, as long as nothing else locks it. */
const FOUNDING_LOCK = 7_266_001;

/** `Café Team!` becomes `cafe-team`: what stands in the address bar. */
export function slugFrom(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, "");
  return RESERVED.has(slug) || slug === "" ? "team" : slug;
}

/** First segments of our own addresses. */
const RESERVED = new Set([
  "api",
  "login",
  "signup",
  "settings",
  "admin",
  "invite",
  "reset",
  "healthz",
  "readyz",
  "metrics",
  "w",
]);

/** True where the workspace $1 has an owner who can log in: a person made by the seed is none. */
const IS_OWNED = `EXISTS (SELECT FROM members o JOIN accounts a ON a.id = o.account_id
  WHERE o.workspace_id = $1 AND o.role = 'owner' AND a.password_hash IS NOT NULL)`;

/**
 * Brings an account into the workspace of this server. The first account ever founds it, and the first member with a
 * password owns it; later ones join. Coming in twice is coming in once.
 */
export async function enterWorkspace(
  account: AccountView,
  workspaceName: string | undefined,
): Promise<{ id: string; slug: string; role: Role; arrived: boolean }> {
  const entered = await transaction(async (client) => {
    await client.query("SELECT pg_advisory_xact_lock($1)", [FOUNDING_LOCK]);
    const { rows: known } = await client.query<{ id: string; slug: string }>(
      "SELECT id, slug FROM workspaces ORDER BY created_at, id LIMIT 1",
    );
    const name = workspaceName ?? DEFAULT_NAME;
    const workspace = known[0] ?? { id: newId(), slug: slugFrom(name) };
    const founded = known[0] === undefined;
    if (founded) {
      await client.query("INSERT INTO workspaces (id, slug, name) VALUES ($1, $2, $3)", [
        workspace.id,
        workspace.slug,
        name,
      ]);
    }
    const { rows: owned } = await client.query<{ owned: boolean }>(`SELECT ${IS_OWNED} AS owned`, [workspace.id]);
    const role: Role = account.kind === "guest" ? "guest" : owned[0]?.owned === true ? "member" : "owner";
    const { rows } = await client.query<{ role: Role; arrived: boolean }>(
      `INSERT INTO members (workspace_id, account_id, role) VALUES ($1, $2, $3::role)
        ON CONFLICT (workspace_id, account_id) DO UPDATE SET role = members.role
        RETURNING role, arrived_at IS NOT NULL AS arrived`,
      [workspace.id, account.id, role],
    );
    return { ...workspace, role: rows[0]?.role ?? role, arrived: rows[0]?.arrived ?? false, founded };
  });
  if (entered.founded) io().openNamespace(entered.slug);
  return entered;
}

/** Changes those settings of a workspace that are named. @throws Refusal `forbidden` for whoever neither owns nor administers it */
export async function changeWorkspace(
  { id, role }: { id: string; role: Role },
  { guestsAllowed, linkPreviews }: ChangeWorkspace,
): Promise<void> {
  checkMayChangeWorkspace(role);
  await pool().query(
    `UPDATE workspaces SET guests_allowed = coalesce($2, guests_allowed), link_previews = coalesce($3, link_previews)
      WHERE id = $1`,
    [id, guestsAllowed ?? null, linkPreviews ?? null],
  );
}

/** Notes that an account is in the default channels: from then on leaving one is its own choice. */
export async function markArrived(workspaceId: string, accountId: string): Promise<void> {
  await pool().query("UPDATE members SET arrived_at = now() WHERE workspace_id = $1 AND account_id = $2", [
    workspaceId,
    accountId,
  ]);
}

/** A guest who became a member is a member everywhere. @returns the workspaces it is in */
export async function promoteGuest(accountId: string): Promise<{ slug: string }[]> {
  return await transaction(async (client) => {
    const { rows } = await client.query<{ slug: string }>(
      `UPDATE members SET role = 'member' FROM workspaces w
        WHERE account_id = $1 AND role = 'guest' AND w.id = workspace_id RETURNING w.slug`,
      [accountId],
    );
    return rows;
  });
}
