import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { BlockList, isIPv6 } from "node:net";
import type { Registry } from "prom-client";
import { turnAway } from "@/lib/http/entrance";

/** What a proxy in front adds: behind one on this machine every request comes from loopback. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** True for a request that a program on this machine makes by itself. Ask before the headers are corrected. */
export function isFromThisMachine({ headers, socket }: Pick<IncomingMessage, "headers"> & Connection): boolean {
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  const address = socket.remoteAddress ?? "";
  return LOOPBACK.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

interface Connection {
  socket: { remoteAddress?: string | undefined };
}

/**
 * Answers GET /metrics, in Prometheus's text format: to this machine, and to whoever knows METRICS_TOKEN. To everybody
 * else there is no such page.
 * @returns false where the path is another
 */
export async function answerMetrics(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  access: { registry: Registry; token: string | null; isLocal: boolean },
): Promise<boolean> {
  if (path !== "/metrics") return false;
  const { registry, token, isLocal } = access;
  if (isLocal || (token !== null && isSame(request.headers.authorization ?? "", `Bearer ${token}`))) {
    const text = await registry.metrics();
    response.writeHead(200, { "Content-Type": registry.contentType, "Cache-Control": "no-store" }).end(text);
  } else {
    turnAway(response, { status: 404, reason: "There is no such page." });
  }
  return true;
}

/** Takes as long for a near miss as for any other. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
