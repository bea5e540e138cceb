import { createHash } from "node:crypto";
import { z } from "zod";
import { contentHash } from "@/lib/messages/log/content-hash";
import type { Item } from "@/tests/convergence/history";

/** What the checker looks at of a message; whatever else it carries is searched for canaries. */
export const messageSchema = z.looseObject({
  id: z.string(),
  channelId: z.string(),
  seq: z.int(),
  version: z.int(),
  authorId: z.string(),
  body: z.string(),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
  reactions: z.array(z.object({ emoji: z.string(), accountIds: z.array(z.string()) })),
});
export type SeenMessage = z.output<typeof messageSchema>;

/** Stands in every body that is sent, each another, so that what is said can be found wherever it leaks to. */
const CANARY = /canary-[0-9a-f]+/g;

export function canariesIn(text: string): string[] {
  return [...new Set(text.match(CANARY))];
}

export function bodyHash(ch: string, body: string): string {
  return contentHash({ channelId: ch, body }).toString("hex").slice(0, 16);
}

export function reactionOf(emoji: string, accountId: string): string {
  return `${emoji} ${accountId}`;
}

export function itemOf(message: SeenMessage): Item {
  const { id, channelId, seq, version, authorId, body, createdAt, editedAt, deletedAt, reactions } = message;
  const content = [id, channelId, seq, version, authorId, body, createdAt, editedAt, deletedAt];
  const given = reactions.flatMap(({ emoji, accountIds }) => accountIds.map((account) => reactionOf(emoji, account)));
  return {
    id,
    ch: channelId,
    seq,
    version,
    author: authorId,
    digest: createHash("sha256")
      .update(JSON.stringify([content, given]))
      .digest("hex")
      .slice(0, 16),
    body: bodyHash(channelId, body),
    deleted: deletedAt !== null,
    reactions: given,
    canaries: canariesIn(JSON.stringify(message)),
    stampedAt: Math.max(...[createdAt, editedAt, deletedAt].map((time) => (time === null ? 0 : Date.parse(time)))),
  };
}
