import { createHash } from "node:crypto";

/** What a retry must repeat to be taken for one: SHA-256 over the channel and the body as first sent. */
export function contentHash(message: { channelId: string; body: string }): Buffer {
  return createHash("sha256").update(message.channelId).update("\n").update(message.body).digest();
}
