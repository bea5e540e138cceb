import type { SessionView } from "@/lib/auth/account.events";
import type { AccountRow } from "@/lib/auth/account.queries";
import { pool, prisma } from "@/lib/db/database";
import { GroupStatement } from "@/lib/db/group-statement";
import { singleton } from "@/lib/shared/singleton";

const LIVE = `
  FROM sessions s JOIN accounts a ON a.id = s.account_id
  WHERE s.revoked_at IS NULL AND s.expires_at > now() AND a.deactivated_at IS NULL`;

/** The account behind a live session, and whether its `lastSeenAt` is over a minute old; null if it is not live. */
export function accountOfSession(id: string): Promise<OpenSession | null> {
  return singleton("auth.sessionOwners", () => new GroupStatement(readSessionOwners)).of(id);
}

interface OpenSession {
  account: AccountRow;
  stale: boolean;
}

async function readSessionOwners(ids: string[]): Promise<(OpenSession | null)[]> {
  const { rows } = await pool().query<AccountRow & { session_id: string; stale: boolean }>({
    name: "account_of_session",
    text: `SELECT a.id, a.kind, a.username, a.display_name, s.id AS session_id,
            s.last_seen_at < now() - interval '1 minute' AS stale
     ${LIVE} AND s.id = ANY ($1::uuid[])`,
    values: [ids],
  });
  const owners = new Map(rows.map((row) => [row.session_id, { account: row, stale: row.stale }]));
  return ids.map((id) => owners.get(id) ?? null);
}

/** Which of these sessions still are live. */
export async function liveSessions(ids: string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>(`SELECT s.id ${LIVE} AND s.id = ANY($1::uuid[])`, [ids]);
  return new Set(rows.map((row) => row.id));
}

/** Where the account is logged in, newest first. `currentId` marks the one that asks; null where a token asks. */
export async function sessionsOf(accountId: string, currentId: string | null): Promise<SessionView[]> {
  const rows = await prisma().session.findMany({
    where: { accountId, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { id: "desc" },
  });
  return rows.map((row) => ({
    id: row.id,
    current: row.id === currentId,
    userAgent: row.userAgent,
    ipAddress: row.ipAddress,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Whether the account has logged in from this address while its sessions are remembered. Nobody (null) never has. */
export async function hasLoggedInFrom(accountId: string | null, ipAddress: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    "SELECT FROM sessions WHERE account_id = $1 AND ip_address = $2 AND ip_address <> '' AND expires_at > now() LIMIT 1",
    [accountId, ipAddress],
  );
  return rowCount !== 0;
}
