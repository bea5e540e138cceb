import type { ChangeProfile } from "@/lib/auth/profile.schemas";
import { pool } from "@/lib/db/database";

/** Changes what an account says of itself; what is absent stays. */
export async function changeProfile(accountId: string, change: ChangeProfile): Promise<void> {
  const { title, pronouns, timeZone, status } = change;
  await pool().query(
    `UPDATE accounts SET
        title = coalesce($2, title),
        pronouns = coalesce($3, pronouns),
        time_zone = CASE WHEN $4 THEN $5 ELSE time_zone END,
        status_emoji = CASE WHEN $6 THEN $7 ELSE status_emoji END,
        status_text = CASE WHEN $6 THEN $8 ELSE status_text END,
        status_expires_at = CASE WHEN $6 THEN $9::timestamptz ELSE status_expires_at END
      WHERE id = $1`,
    [
      accountId,
      title ?? null,
      pronouns ?? null,
      timeZone !== undefined,
      timeZone ?? null,
      status !== undefined,
      status?.emoji ?? "",
      status?.text ?? "",
      status?.expiresAt ?? null,
    ],
  );
}
