import type { MessageView } from "@/lib/messages/message.events";
import { payloadOf, type Unsent } from "@/lib/realtime/browser/unsent";
import { type ErrorCode, Refusal, STATUS_OF } from "@/lib/shared/errors";

/** The server closes a connection that sends more than 64 KiB at once; the margin is for the packet's own frame. */
const PACKET_BYTES = 64 * 1024 - 512;

/** Whether a message can travel over the socket. */
export function fitsPacket(unsent: Pick<Unsent, "id" | "channelId" | "threadId" | "inChannel" | "body">): boolean {
  return new TextEncoder().encode(JSON.stringify(payloadOf(unsent))).length <= PACKET_BYTES;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(STATUS_OF, code);
}

async function refusalOf(response: Response): Promise<Refusal> {
  const problem: { code?: unknown; detail?: unknown } = await response.json().catch(() => ({}));
  const code = isErrorCode(problem.code) ? problem.code : "unavailable";
  const sentence = typeof problem.detail === "string" ? problem.detail : "Parley could not take this message just now.";
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new Refusal(code, sentence, Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {});
}

/** Sends a message over HTTP, where more fits; answers and refuses as `message:send` does. With `keepalive` it outlives the page. */
export async function postMessage(unsent: Unsent, keepalive = false): Promise<MessageView> {
  const { channelId, ...message } = payloadOf(unsent);
  const response = await fetch(`/api/v1/channels/${channelId}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(message),
    keepalive,
  });
  if (!response.ok) throw await refusalOf(response);
  const answer: { message: MessageView } = await response.json();
  return answer.message;
}
