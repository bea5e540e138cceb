import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { headerOf } from "@/lib/http/headers";

const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

export interface SecurityContext {
  /** PUBLIC_URL begins with https. */
  https: boolean;
  /** Hot reload evaluates code and injects styles; production does neither. */
  dev: boolean;
}

/**
 * Sets the headers that every answer carries, and a Content-Security-Policy with a nonce of its own.
 *
 * Next reads the nonce from the request's policy header and puts it on each script and style that it writes, so the
 * policy is set on both sides here and no proxy or middleware file is needed.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, context: SecurityContext): void {
  const policy = isForPrograms(request.url ?? "/")
    ? "default-src 'none'; frame-ancestors 'none'"
    : pagePolicy(randomBytes(16).toString("base64"), headerOf(request.headers, "x-forwarded-host"), context);
  request.headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Origin-Agent-Cluster", "?1");
  response.setHeader(
    "Permissions-Policy",
    "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), browsing-topics=()",
  );
  if (context.https) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

/** Answers that no browser draws. */
function isForPrograms(url: string): boolean {
  return url.startsWith("/api/") || url.startsWith("/socket.io/");
}

function pagePolicy(nonce: string, host: string | undefined, { https, dev }: SecurityContext): string {
  const socket = host !== undefined && HOST.test(host) ? ` ${https ? "wss" : "ws"}://${host}` : "";
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${socket}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
