import { STATUS_CODES } from "node:http";
import { errorBody, isRefusal, STATUS_OF } from "@/lib/shared/errors";
import { log } from "@/lib/shared/log";

/** A JSON answer, never cached: what it says is true for one viewer at one moment. */
export function answer(status: number, body: object): Response {
  return reply(status, "application/json", body);
}

/**
 * The answer to any thrown value: RFC 9457 problem details with the stable `code`. What is not a Refusal is a fault
 * of ours: it goes to the log with the request's id, and the client learns only that.
 */
export function problem(error: unknown, requestId: string): Response {
  if (!isRefusal(error)) log().error({ err: error, requestId }, "a request failed");
  const { code, message, retryAfterMs, errors } = errorBody(error);
  const status = STATUS_OF[code];
  const body = { type: "about:blank", title: STATUS_CODES[status], status, code, detail: message, errors };
  const response = reply(status, "application/problem+json", body);
  if (retryAfterMs !== undefined) response.headers.set("Retry-After", String(Math.ceil(retryAfterMs / 1000)));
  return response;
}

function reply(status: number, type: string, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-store" },
  });
}
