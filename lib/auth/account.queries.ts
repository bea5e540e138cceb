import type { AccountView } from "@/lib/auth/account.events";
import { foldCase, skeletonsOf } from "@/lib/auth/skeleton";
import { pool } from "@/lib/db/database";

/** The columns of an account that others may see. */
export interface AccountRow {
  id: string;
  kind: AccountView["kind"];
  username: string;
  display_name: string;
}

export function accountView(row: AccountRow): AccountView {
  return { id: row.id, kind: row.kind, username: row.username, displayName: row.display_name };
}

/** What a log-in is checked against. */
interface LogInRow extends AccountRow {
  password_hash: string | null;
}

/** The active account with this username, in any case, or this e-mail address; null if there is none. */
export async function accountForLogIn(usernameOrEmail: string): Promise<LogInRow | null> {
  const select = "SELECT a.id, a.kind, a.username, a.display_name, a.password_hash FROM accounts a";
  if (usernameOrEmail.includes("@")) {
    const { rows } = await pool().query<LogInRow>(`${select} WHERE a.email = $1 AND a.deactivated_at IS NULL`, [
      usernameOrEmail.toLowerCase(),
    ]);
    return rows[0] ?? null;
  }
  // Look-alikes claim the same skeleton, and they are not this account.
  const { rows } = await pool().query<LogInRow>(
    `${select} WHERE a.deactivated_at IS NULL
       AND a.id IN (SELECT account_id FROM name_claims WHERE skeleton = ANY($1))`,
    [skeletonsOf(usernameOrEmail)],
  );
  return rows.find((row) => foldCase(row.username) === foldCase(usernameOrEmail)) ?? null;
}

/** Whether a name looks like one that somebody else has. @param ownId whose own names do not count; null for nobody's */
export async function isNameTaken(name: string, ownId: string | null): Promise<boolean> {
  const { rowCount } = await pool().query(
    "SELECT FROM name_claims WHERE skeleton = ANY($1) AND account_id IS DISTINCT FROM $2::uuid LIMIT 1",
    [skeletonsOf(name), ownId],
  );
  return rowCount !== 0;
}
