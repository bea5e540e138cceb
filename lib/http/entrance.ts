import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import { headerOf } from "@/lib/http/headers";
import { addressBehind } from "@/lib/http/proxies";

const METHODS = new Set(["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"]);

/** Headers that only the framework itself or a proxy in front may set; from outside they are lies. */
const INTERNAL_HEADERS = [
  "x-middleware-subrequest",
  "x-middleware-rewrite",
  "x-middleware-next",
  "x-invoke-path",
  "x-invoke-status",
  "x-matched-path",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-for",
  "x-real-ip",
  "forwarded",
  "content-security-policy",
  // Next answers 500 to one that it cannot read. Without it an answer holds the whole page, which is always right.
  "next-router-state-tree",
];

/**
 * Why a request is turned away at the door, before any framework parses it; null lets it in.
 * What is refused here has been an attack on servers of this kind and has no honest use in Parley.
 */
export function refusalAtDoor({ method, url, headers }: IncomingMessage): { status: number; reason: string } | null {
  if (!METHODS.has(method ?? "")) return { status: 405, reason: "This method is not served." };
  if (url === undefined || !url.startsWith("/") || url.startsWith("//") || url.includes("\\")) {
    return { status: 400, reason: "The address must be a plain path." };
  }
  if (!isDecodable(url)) return { status: 400, reason: "The address is not well-formed." };
  if (headers["next-action"] !== undefined) return { status: 400, reason: "There are no server actions here." };
  return null;
}

/** Next answers 500 to a path that it cannot decode. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes the headers true: what a stranger says of hosts and addresses is dropped, and what the framework reads is
 * set from the connection, from PUBLIC_URL, and from the word of our own proxies.
 */
export function correctHeaders(request: IncomingMessage, publicUrl: string | null, proxies: BlockList): void {
  const address = addressBehind(
    proxies,
    request.socket.remoteAddress ?? "",
    headerOf(request.headers, "x-forwarded-for"),
  );
  for (const name of INTERNAL_HEADERS) delete request.headers[name];
  const own = publicUrl === null ? null : new URL(publicUrl);
  const host = own?.host ?? request.headers.host;
  if (host !== undefined) request.headers["x-forwarded-host"] = host;
  request.headers["x-forwarded-proto"] = own?.protocol.slice(0, -1) ?? "http";
  request.headers["x-forwarded-for"] = address;
}

export function turnAway(response: ServerResponse, { status, reason }: { status: number; reason: string }): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" }).end(`${reason}\n`);
}
