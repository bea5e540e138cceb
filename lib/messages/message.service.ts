import type { Viewer } from "@/lib/auth/account.events";
import { append } from "@/lib/messages/log/log";
import type { MessageView, SendMessage } from "@/lib/messages/message.events";
import { readOwnMessage } from "@/lib/messages/message.queries";
import { newMessageView } from "@/lib/messages/message.view";
import { TokenBuckets } from "@/lib/realtime/token-bucket";
import { notFound, Refusal } from "@/lib/shared/errors";
import { settings } from "@/lib/shared/settings";
import { singleton } from "@/lib/shared/singleton";

/** 20 sends in 10 s per account, and 20 at once. */
function sendLimit(): TokenBuckets {
  return singleton("messages.sendLimit", () => {
    const buckets = new TokenBuckets(20, 10_000);
    setInterval(() => buckets.sweep(), 60_000).unref();
    return buckets;
  });
}

/**
 * Stores a message and tells the channel. Nothing is awaited before it is queued: two sends of one socket keep their order.
 *
 * Sending the same id again with the same content is answered with the stored message.
 * @returns the message, durable in Postgres
 * @throws Refusal `rate_limited`, `conflict`, `not_found`, `forbidden` (the channel is archived), `unavailable`
 */
export async function sendMessage(
  viewer: Viewer,
  workspace: { id: string; slug: string },
  input: SendMessage,
): Promise<MessageView> {
  const retryAfterMs = settings().rateLimits ? sendLimit().take(viewer.account.id) : 0;
  if (retryAfterMs > 0) {
    throw new Refusal("rate_limited", "You are sending faster than this server allows. Wait a moment.", {
      retryAfterMs,
    });
  }
  const sent = { id: input.id, channelId: input.channelId, body: input.body, workspace, authorId: viewer.account.id };
  const appended = await append(sent);
  switch (appended.outcome) {
    case "stored":
      return newMessageView(sent, appended);
    case "duplicate":
      return await readOwnMessage(viewer, input.id);
    case "conflict":
      throw new Refusal("conflict", "Another message has this id already. Nothing was stored; send it with a new id.");
    case "archived":
      throw new Refusal("forbidden", "This channel is archived: it can be read, and nothing more can be said in it.");
    case "not_found":
      throw notFound("The channel");
  }
}
