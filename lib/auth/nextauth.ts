import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { z } from "zod";
import type { AccountView } from "@/lib/auth/account.events";
import { guestSchema, logInSchema } from "@/lib/auth/account.schemas";
import { createGuest } from "@/lib/auth/account.service";
import { cookieName, overHttps, sessionCookieName } from "@/lib/auth/cookies";
import { takeOrRefuse } from "@/lib/auth/limits";
import { accountByPassword } from "@/lib/auth/log-in.service";
import { nextPath } from "@/lib/auth/next-path";
import { endSession, openSession, SESSION_DAYS } from "@/lib/auth/session.service";
import { sessionIdOf, viewerFromSession } from "@/lib/auth/viewer";
import { clientAddress } from "@/lib/http/address";
import { checked } from "@/lib/http/checked";
import { headerOf, type RequestHeaders } from "@/lib/http/headers";
import { requestIdOf } from "@/lib/http/request-log";
import { errorBody, isRefusal, Refusal } from "@/lib/shared/errors";
import { log } from "@/lib/shared/log";
import { authSecret } from "@/lib/shared/settings";

declare module "next-auth" {
  interface User {
    /** The row of `sessions` that this log-in opened. */
    sid: string;
  }
}

/** What logging in needs from the features that build on accounts. */
interface Arrivals {
  /** Brings the account to where it belongs. Runs at every log-in, so what an interrupted sign-up left undone is done. */
  arrive: (account: AccountView) => Promise<void>;
  guestsAllowed: () => Promise<boolean>;
}

/**
 * How NextAuth is used: it keeps the cookie, the CSRF token and the redirects. The cookie is an encrypted JWT that
 * holds a session's id and nothing else; whether that session lives is asked of Postgres every time.
 */
export function nextAuthOptions({ arrive, guestsAllowed }: Arrivals): NextAuthOptions {
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 24 * 60 * 60 },
    useSecureCookies: overHttps(),
    cookies: {
      sessionToken: cookie(sessionCookieName()),
      csrfToken: cookie(cookieName("csrf")),
      callbackUrl: cookie(cookieName("callback")),
    },
    pages: { signIn: "/login", signOut: "/", error: "/login", verifyRequest: "/login" },
    providers: [
      entry(
        "credentials",
        logInSchema,
        async ({ username, password }, ipAddress) => {
          return await accountByPassword(username, password, ipAddress);
        },
        arrive,
      ),
      entry(
        "guest",
        guestSchema,
        async ({ nickname }, ipAddress) => {
          if (!(await guestsAllowed()))
            throw new Refusal("forbidden", "Guests are not let in here. Log in, or sign up.");
          await takeOrRefuse("guests of an address", ipAddress);
          return await createGuest(nickname);
        },
        arrive,
      ),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
      jwt: async ({ token, user }) => {
        const sid = user?.sid ?? sessionIdOf(token);
        if (sid === null || (await viewerFromSession(sid)) === null) throw new Error("This session has ended.");
        return { sid };
      },
      session: async ({ session, token }) => {
        const sid = sessionIdOf(token);
        const viewer = sid === null ? null : await viewerFromSession(sid);
        return {
          expires: session.expires,
          ...(viewer === null ? {} : { user: { name: viewer.account.displayName, ...viewer.account } }),
        };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const sid = sessionIdOf(token);
        if (sid !== null) await endSession(sid);
      },
    },
    logger: {
      error: (code) => log().debug({ code }, "NextAuth refused a request"),
      warn: (code) => log().debug({ code }, "NextAuth warned"),
      debug: () => undefined,
    },
  };
}

/** A way to log in: checks the input, finds or makes the account, opens a session, and lets the account arrive. */
function entry<Schema extends z.ZodType>(
  id: string,
  schema: Schema,
  identify: (input: z.output<Schema>, ipAddress: string) => Promise<AccountView | null>,
  arrive: Arrivals["arrive"],
) {
  return Credentials({
    id,
    credentials: {},
    authorize: async (input, request) => {
      const requestId = requestIdOf(request.headers ?? {});
      try {
        const from = whereFrom(request.headers ?? {});
        const { csrfToken, callbackUrl, json, ...fields }: Record<string, unknown> = input ?? {};
        const account = await identify(checked(schema, fields), from.ipAddress);
        if (account === null) {
          log().info({ requestId, by: id, ipAddress: from.ipAddress }, "a log-in was refused");
          return null;
        }
        await arrive(account);
        const sid = await openSession(account.id, from);
        log().info({ requestId, by: id, accountId: account.id, sessionId: sid }, "logged in");
        return { id: account.id, sid };
      } catch (error) {
        if (isRefusal(error)) log().info({ requestId, by: id, code: error.code }, "a log-in was refused");
        else log().error({ err: error, requestId }, "a log-in failed");
        // NextAuth shows the sentence of whatever is thrown here.
        throw new Error(errorBody(error).message);
      }
    },
  });
}

function whereFrom(headers: RequestHeaders): { userAgent: string; ipAddress: string } {
  return { userAgent: headerOf(headers, "user-agent") ?? "", ipAddress: clientAddress(headers) };
}

/** Where to go afterwards: an address of this site, or its front page. */
function ownAddress(url: string, baseUrl: string): string {
  const path = url === baseUrl || url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
  return baseUrl + nextPath(path);
}

function cookie(name: string) {
  return { name, options: { httpOnly: true, sameSite: "lax", path: "/", secure: overHttps() } };
}
