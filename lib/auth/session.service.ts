import { pool, prisma } from "@/lib/db/database";
import { GroupStatement } from "@/lib/db/group-statement";
import { disconnectSession } from "@/lib/realtime/revoke";
import { notFound } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

/** A session ends this long after the log-in, whatever is done in it. */
export const SESSION_DAYS = 30;

/** Opens a session and returns its id. */
export async function openSession(accountId: string, from: { userAgent: string; ipAddress: string }): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + SESSION_DAYS * 24 * 60 * 60 * 1000);
  await prisma().session.create({
    data: { id, accountId, userAgent: from.userAgent.slice(0, 300), ipAddress: from.ipAddress, expiresAt },
  });
  return id;
}

/** Ends one of the account's own sessions, and its connections with it. @throws Refusal `not_found` for another's, or one that has ended */
export async function revokeSession(id: string, accountId: string): Promise<void> {
  const { count } = await prisma().session.updateMany({
    where: { id, accountId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw notFound("That session");
  disconnectSession(id);
}

/** Ends the session whose cookie is being thrown away. Ending it twice is no fault. */
export async function endSession(id: string): Promise<void> {
  await prisma().session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  disconnectSession(id);
}

/** Notes that the session is in use. A database that cannot write just now must not stop people from reading. */
export async function noteSessionSeen(id: string): Promise<void> {
  await singleton("auth.sessionsSeen", () => new GroupStatement(writeSessionsSeen))
    .of(id)
    .catch((error: unknown) => log().warn({ err: error }, "a session's last use was not noted"));
}

async function writeSessionsSeen(ids: string[]): Promise<true[]> {
  await pool().query("UPDATE sessions SET last_seen_at = now() WHERE id = ANY ($1::uuid[])", [ids]);
  return ids.map(() => true);
}
