import { createHash } from "node:crypto";

/** What a retry must repeat to be taken for one: SHA-256 over where the message stands and the body as first sent. */
export function contentHash(message: {
  channelId: string;
  threadId?: string | null;
  inChannel?: boolean;
  body: string;
}): Buffer {
  const hash = createHash("sha256").update(message.channelId).update("\n");
  // Nothing for other messages: their hashes are as old as the house. No body begins with what stands here.
  if (message.threadId) hash.update(`\0${message.threadId} ${message.inChannel === true}\n`);
  return hash.update(message.body).digest();
}
