import { isIP } from "node:net";
import { headerOf, type RequestHeaders } from "@/lib/http/headers";

/**
 * The address that the request came from, or "" where it is unknown.
 *
 * The last entry of X-Forwarded-For is the one written nearest to us; the entries before it are whatever the client
 * cared to claim.
 */
export function clientAddress(headers: RequestHeaders): string {
  const last = headerOf(headers, "x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(last) === 0 ? "" : last.replace(/^::ffff:(?=\d+\.)/i, "");
}
