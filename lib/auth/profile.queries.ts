import type { ProfileView } from "@/lib/auth/profile.events";
import { pool } from "@/lib/db/database";
import { notFound } from "@/lib/shared/errors";

interface ProfileRow {
  title: string;
  pronouns: string;
  time_zone: string | null;
  status_emoji: string;
  status_text: string;
  status_expires_at: Date | null;
  expired: boolean | null;
}

/** What an account says of itself now. Whether the viewer may ask is the caller's to know. @throws Refusal `not_found` */
export async function profileOf(accountId: string): Promise<ProfileView> {
  const { rows } = await pool().query<ProfileRow>(
    `SELECT title, pronouns, time_zone, status_emoji, status_text, status_expires_at,
        status_expires_at <= now() AS expired
      FROM accounts WHERE id = $1`,
    [accountId],
  );
  const [row] = rows;
  if (row === undefined) throw notFound("That account");
  const said = row.status_emoji !== "" || row.status_text !== "";
  return {
    title: row.title,
    pronouns: row.pronouns,
    timeZone: row.time_zone,
    status:
      said && row.expired !== true
        ? { emoji: row.status_emoji, text: row.status_text, expiresAt: row.status_expires_at?.toISOString() ?? null }
        : null,
  };
}
