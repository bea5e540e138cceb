import type { IncomingMessage, ServerResponse } from "node:http";
import { headerOf, type RequestHeaders } from "@/lib/http/headers";
import { newId } from "@/lib/shared/ids";
import { log } from "@/lib/shared/log";

const HEADER = "x-request-id";
const PATH_MOST = 200;

/**
 * Names a request, for whoever answers it, for whoever asked, and for the log, which has a line of each: a refusal or
 * a change at `info`, the rest at `debug`. The query stays out, for what people type may stand in it.
 */
export function followRequest(request: IncomingMessage, response: ServerResponse): void {
  const requestId = newId();
  request.headers[HEADER] = requestId;
  response.setHeader(HEADER, requestId);
  const began = performance.now();
  const { method } = request;
  const path = request.url?.split("?", 1)[0]?.slice(0, PATH_MOST);
  response.once("close", () => {
    const status = response.statusCode;
    const ms = Math.round(performance.now() - began);
    const level = status >= 400 || (method !== "GET" && method !== "HEAD") ? "info" : "debug";
    log()[level]({ requestId, method, path, status, ms }, response.writableFinished ? "answered" : "went away");
  });
}

/** The id that the front door gave to a request. */
export function requestIdOf(headers: RequestHeaders): string {
  return headerOf(headers, HEADER) ?? newId();
}
