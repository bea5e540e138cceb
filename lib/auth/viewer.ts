import { decode } from "next-auth/jwt";
import { z } from "zod";
import type { Viewer } from "@/lib/auth/account.events";
import { accountView } from "@/lib/auth/account.queries";
import { sessionCookieName } from "@/lib/auth/cookies";
import { accountOfSession } from "@/lib/auth/session.queries";
import { noteSessionSeen } from "@/lib/auth/session.service";
import { accountOfToken } from "@/lib/auth/token.queries";
import { noteTokenUsed } from "@/lib/auth/token.service";
import type { RequestHeaders } from "@/lib/http/headers";
import { cookieOf, headerOf } from "@/lib/http/headers";
import { authSecret } from "@/lib/shared/settings";

const claimsSchema = z.object({ sid: z.uuid() });

/**
 * Who makes this request, or null: by `Authorization: Bearer`, else by the session cookie. A request that shows a
 * bearer token is never let in by its cookie. Asks Postgres at every call, so a revocation holds from the next one on.
 */
export async function viewerFromHeaders(headers: RequestHeaders): Promise<Viewer | null> {
  const authorization = headerOf(headers, "authorization");
  if (authorization !== undefined) {
    const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return secret === undefined ? null : viewerFromToken(secret);
  }
  const cookie = cookieOf(headers, sessionCookieName());
  const sessionId = cookie === undefined ? null : await sessionIdFrom(cookie);
  return sessionId === null ? null : viewerFromSession(sessionId);
}

/** Whoever holds this token's secret, or null. */
export async function viewerFromToken(secret: string): Promise<Viewer | null> {
  const found = await accountOfToken(secret);
  if (found === null) return null;
  if (found.stale) await noteTokenUsed(found.tokenId);
  return { account: accountView(found.account), via: { token: found.tokenId } };
}

/** Whoever is logged in under this session, or null. */
export async function viewerFromSession(id: string): Promise<Viewer | null> {
  const found = await accountOfSession(id);
  if (found === null) return null;
  if (found.stale) await noteSessionSeen(id);
  return { account: accountView(found.account), via: { session: id } };
}

/** The session that a cookie names: it is encrypted, so only a cookie of our own making names one. */
async function sessionIdFrom(cookie: string): Promise<string | null> {
  return sessionIdOf(await decode({ token: cookie, secret: authSecret() }).catch(() => null));
}

/** The session that decrypted claims name, or null. */
export function sessionIdOf(claims: unknown): string | null {
  return claimsSchema.safeParse(claims).data?.sid ?? null;
}
