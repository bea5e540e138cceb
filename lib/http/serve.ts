import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { correctHeaders, refusalAtDoor, turnAway } from "@/lib/http/entrance";
import { answerHealth } from "@/lib/http/health";
import { answerMetrics, isFromThisMachine } from "@/lib/http/metrics";
import { proxyList } from "@/lib/http/proxies";
import { followRequest } from "@/lib/http/request-log";
import { setSecurityHeaders } from "@/lib/http/security-headers";
import { startMetrics } from "@/lib/metrics/start";
import { log } from "@/lib/shared/log";
import type { Settings } from "@/lib/shared/settings";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The HTTP server: turns attacks away at the door, corrects the headers, sets the security headers, answers the
 * health checks and the metrics, and hands everything else to `pages`.
 */
export function createFrontDoor(
  settings: Settings,
  context: { dev: boolean; isClosing: () => boolean },
  pages: () => Handle,
): Server {
  const security = { https: settings.publicUrl?.startsWith("https:") ?? false, dev: context.dev };
  const proxies = proxyList(settings.trustedProxies);
  const registry = startMetrics();
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      log().error({ err: error, method: request.method }, "a request could not be answered");
      if (!response.headersSent) turnAway(response, { status: 503, reason: "Parley could not answer. Try again." });
      else response.destroy();
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalAtDoor(request);
    const isLocal = isFromThisMachine(request);
    followRequest(request, response);
    correctHeaders(request, settings.publicUrl, proxies);
    setSecurityHeaders(request, response, security);
    if (refusal !== null) return turnAway(response, refusal);
    const path = request.url?.split("?", 1)[0] ?? "/";
    if (await answerHealth(path, response, context.isClosing())) return;
    if (await answerMetrics(path, request, response, { registry, token: settings.metricsToken, isLocal })) return;
    await pages()(request, response);
  }

  // Above the idle time of common proxies, so that none sends a request into a connection that is being closed.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 80_000;
  server.requestTimeout = 60_000;
  server.maxRequestsPerSocket = 10_000;
  return server;
}
