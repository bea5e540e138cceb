import type { IncomingHttpHeaders } from "node:http";

/** Request headers as a route handler has them, or as Node's `IncomingMessage` has them. */
export type RequestHeaders = Headers | IncomingHttpHeaders;

/** One header by its lower-case name, or undefined. A header that came several times is joined with commas. */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** The value of one cookie, or undefined. Where the name came twice, the first counts. */
export function cookieOf(headers: RequestHeaders, name: string): string | undefined {
  for (const pair of (headerOf(headers, "cookie") ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
