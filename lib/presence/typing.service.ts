import { z } from "zod";
import { typingSchema } from "@/lib/presence/typing.events";
import type { ParleySocket } from "@/lib/realtime/io";
import { onNodes, tellNodes } from "@/lib/realtime/nodes";
import { publishToOnlookers } from "@/lib/realtime/publish";
import { channelRoom } from "@/lib/realtime/rooms";
import { TokenBuckets } from "@/lib/realtime/token-bucket";
import { notFound, Refusal } from "@/lib/shared/errors";
import { settings } from "@/lib/shared/settings";
import { singleton } from "@/lib/shared/singleton";

/**
 * Who is writing. It is told to those who have the channel open, and is neither stored nor repeated: the client forgets
 * it after a few seconds, and what a slow line cannot take at once is let go.
 */
const LIMIT_MS = 10_000;
/** In 10 s per account: one in 3 s from each of several places. */
const MOST_SIGNS = 20;
/** What one client can show at a time, and more. */
const MOST_OPEN = 20;

const relayedSchema = typingSchema.extend({ accountId: z.string(), slug: z.string() });

/** Begins to hear who is writing on the other nodes. */
export function startTyping(): void {
  onNodes("typing", (message) => {
    const relayed = relayedSchema.safeParse(message);
    if (relayed.success) tellOnlookers(relayed.data);
  });
}

/**
 * Notes that a client shows a channel.
 * @throws Refusal `not_found` (the account may not read it), `rate_limited` (too many are open)
 */
export async function openChannel(socket: ParleySocket, channelId: string): Promise<void> {
  await socket.data.joined;
  checkReads(socket, channelId);
  socket.data.open ??= new Set();
  if (socket.data.open.size >= MOST_OPEN && !socket.data.open.has(channelId))
    throw new Refusal("rate_limited", `No more than ${MOST_OPEN} channels can be open at a time. Close one first.`);
  socket.data.open.add(channelId);
}

/** Notes that a client shows a channel no longer. */
export function closeChannel(socket: ParleySocket, channelId: string): void {
  socket.data.open?.delete(channelId);
}

/**
 * Tells those who look at a channel that the account of a socket writes there.
 * @throws Refusal `not_found`, `rate_limited`
 */
export async function sayTyping(socket: ParleySocket, input: z.output<typeof typingSchema>): Promise<void> {
  const { viewer, workspace } = socket.data;
  checkLimit(viewer.account.id);
  await socket.data.joined;
  checkReads(socket, input.channelId);
  const typing = { ...input, accountId: viewer.account.id, slug: workspace.slug };
  tellOnlookers(typing);
  tellNodes("typing", typing);
}

/** The room is the permission. */
function checkReads(socket: ParleySocket, channelId: string): void {
  if (!socket.rooms.has(channelRoom(channelId))) throw notFound("The channel");
}

function checkLimit(accountId: string): void {
  if (!settings().rateLimits) return;
  const limit = singleton("presence.typingLimit", () => {
    const buckets = new TokenBuckets(MOST_SIGNS, LIMIT_MS);
    setInterval(() => buckets.sweep(), 60_000).unref();
    return buckets;
  });
  const retryAfterMs = limit.take(accountId);
  if (retryAfterMs > 0) throw new Refusal("rate_limited", "This is told too often. Wait a moment.", { retryAfterMs });
}

function tellOnlookers({ slug, channelId, threadId, accountId }: z.output<typeof relayedSchema>): void {
  const fact = { channelId, ...(threadId !== undefined && { threadId }), accountId };
  publishToOnlookers(slug, channelId, accountId, "typing", fact);
}
