import { sessionCookieName } from "@/lib/auth/cookies";
import type { RequestHeaders } from "@/lib/http/headers";
import { cookieOf, headerOf } from "@/lib/http/headers";
import { isOwnOrigin } from "@/lib/http/origin";
import { Refusal } from "@/lib/shared/errors";
import { settings } from "@/lib/shared/settings";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a state-changing request that another site may have made the browser send.
 *
 * Programs send no Origin: they are let in as long as no session cookie rides along, which only a browser adds unasked.
 *
 * @throws Refusal `forbidden`
 */
export function checkSameOrigin(method: string, headers: RequestHeaders): void {
  if (SAFE_METHODS.has(method)) return;
  const site = headerOf(headers, "sec-fetch-site");
  const origin = headerOf(headers, "origin");
  if (site === "cross-site" || site === "same-site") throw foreign();
  if (origin !== undefined) {
    if (!isOwnOrigin(origin, headerOf(headers, "host"), settings().publicUrl)) throw foreign();
    return;
  }
  if (site === "same-origin" || headerOf(headers, "authorization") !== undefined) return;
  if (cookieOf(headers, sessionCookieName()) !== undefined) throw foreign();
}

function foreign(): Refusal {
  return new Refusal("forbidden", "This request did not come from Parley's own pages, so nothing was changed.");
}
