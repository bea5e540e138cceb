import { createHash } from "node:crypto";
import type { Viewer } from "@/lib/auth/account.events";
import type { Append, Calling, Change } from "@/lib/messages/log/commit";
import { append, change } from "@/lib/messages/log/log";
import { calledIn } from "@/lib/messages/mentions/called-names";
import type { LinkPreview, MessageView, SendMessage } from "@/lib/messages/message.events";
import { refusalOfChange } from "@/lib/messages/message.policy";
import { readOwnMessage } from "@/lib/messages/message.queries";
import { newMessageView } from "@/lib/messages/message.view";
import { offerForPreviews, type Previewed } from "@/lib/messages/previews/preview-queue";
import { io } from "@/lib/realtime/io";
import { TokenBuckets } from "@/lib/realtime/token-bucket";
import { notFound, Refusal } from "@/lib/shared/errors";
import { settings } from "@/lib/shared/settings";
import { singleton } from "@/lib/shared/singleton";

const LIMIT_MS = 10_000;
/** In 10 s per account, and as many at once. */
const MOST_SENDS = 20;
/** The same of edits, deletions and reactions together. */
const MOST_CHANGES = 60;

/** @throws Refusal `rate_limited` */
function checkLimit(viewer: Viewer, name: "sendLimit" | "changeLimit", most: number): void {
  if (!settings().rateLimits) return;
  const limit = singleton(`messages.${name}`, () => {
    const buckets = new TokenBuckets(most, LIMIT_MS);
    setInterval(() => buckets.sweep(), 60_000).unref();
    return buckets;
  });
  const retryAfterMs = limit.take(viewer.account.id);
  if (retryAfterMs === 0) return;
  throw new Refusal("rate_limited", "You are sending faster than this server allows. Wait a moment.", { retryAfterMs });
}

interface Workspace {
  id: string;
  slug: string;
}

/** Whom a body may call. Asks nobody, so that a send is queued in the turn in which it came. */
function callingOf(slug: string, body: string): Calling | null {
  const called = calledIn(body);
  if (called === null) return null;
  return { ...called, online: called.words.includes("here") ? io().online(slug) : [] };
}

/**
 * Stores a message and tells the channel. Nothing is awaited before it is queued: two sends of one socket keep their order.
 *
 * Sending the same id again with the same content is answered with the stored message.
 * @returns the message, durable in Postgres
 * @throws Refusal `rate_limited`, `conflict`, `not_found`, `forbidden` (the channel is archived, or what is answered was
 *   deleted), `invalid` (what is answered is a reply itself), `unavailable`
 */
export async function sendMessage(viewer: Viewer, workspace: Workspace, input: SendMessage): Promise<MessageView> {
  checkLimit(viewer, "sendLimit", MOST_SENDS);
  const threadId = input.threadId ?? null;
  const sent: Append = {
    id: input.id,
    workspace,
    channelId: input.channelId,
    threadId,
    inChannel: threadId === null || input.inChannel === true,
    authorId: viewer.account.id,
    body: input.body,
    calling: callingOf(workspace.slug, input.body),
  };
  const appended = await append(sent);
  switch (appended.outcome) {
    case "stored":
      offerForPreviews({ workspace, messageId: sent.id, authorId: sent.authorId, body: sent.body });
      return newMessageView(sent, appended);
    case "duplicate":
      // As it was sent, and of no version, where its author may not know what became of it.
      return (await readOwnMessage(viewer, input.id)) ?? newMessageView(sent, { ...appended, version: 0 });
    case "conflict":
      throw new Refusal("conflict", "Another message has this id already. Nothing was stored; send it with a new id.");
    case "archived":
      throw new Refusal("forbidden", "This channel is archived: it can be read, and nothing more can be said in it.");
    case "restricted":
      throw new Refusal("forbidden", "Only owners and admins write to this channel.");
    case "not_found":
      throw notFound(threadId === null ? "The channel" : "The message to answer");
    case "nested":
      throw new Refusal(
        "invalid",
        "A reply cannot be answered by a thread of its own. Reply in the thread it stands in.",
        {
          errors: [{ path: "threadId", message: "must be a message that answers none" }],
        },
      );
    case "closed":
      throw new Refusal(
        "forbidden",
        "This message was deleted: its thread can be read, and nothing more can be said in it.",
      );
  }
}

/** A message, and the channel that it must stand in; null where the caller names none. */
interface Target {
  id: string;
  channelId: string | null;
}

/**
 * Gives one's own message another body and keeps the earlier one. The same body again changes nothing.
 * @throws Refusal `rate_limited`, `not_found` (or deleted), `forbidden` (another's, or archived), `unavailable`
 */
export async function editMessage(
  viewer: Viewer,
  workspace: Workspace,
  { body, ...target }: Target & { body: string },
): Promise<MessageView> {
  const message = await changed(viewer, workspace, "edit", target, body);
  // An edit takes the previews away, because it may have taken their links away.
  if (message.previews.length === 0) {
    offerForPreviews({ workspace, messageId: message.id, authorId: message.authorId, body: message.body });
  }
  return message;
}

/**
 * Takes a message's body, earlier bodies and reactions away for good; its place, author and id stay. Deleting again
 * is answered with what is left of it.
 * @throws Refusal `rate_limited`, `not_found`, `forbidden` (another's, or archived), `unavailable`
 */
export function deleteMessage(viewer: Viewer, workspace: Workspace, target: Target): Promise<MessageView> {
  return changed(viewer, workspace, "delete", target, "");
}

interface OneReaction {
  messageId: string;
  emoji: string;
}

/**
 * Reacts to a message. Twice is once.
 * @throws Refusal `rate_limited`, `not_found` (or deleted), `forbidden` (archived), `invalid` (too many), `unavailable`
 */
export function addReaction(viewer: Viewer, workspace: Workspace, { messageId, emoji }: OneReaction) {
  return changed(viewer, workspace, "react", { id: messageId, channelId: null }, emoji);
}

/**
 * Takes one's own reaction back; one that is not there changes nothing.
 * @throws Refusal `rate_limited`, `not_found`, `forbidden` (archived), `unavailable`
 */
export function removeReaction(viewer: Viewer, workspace: Workspace, { messageId, emoji }: OneReaction) {
  return changed(viewer, workspace, "unreact", { id: messageId, channelId: null }, emoji);
}

/**
 * Puts a message among its channel's pinned ones. Twice is once.
 * @throws Refusal `rate_limited`, `not_found` (or deleted), `forbidden` (a guest, or archived), `unavailable`
 */
export function pinMessage(viewer: Viewer, workspace: Workspace, target: Target): Promise<MessageView> {
  return changed(viewer, workspace, "pin", target, "");
}

/** Takes it away from there, whoever put it there. @throws Refusal like `pinMessage` */
export function unpinMessage(viewer: Viewer, workspace: Workspace, target: Target): Promise<MessageView> {
  return changed(viewer, workspace, "unpin", target, "");
}

/** Shows what the links of a message lead to, unless it says something else by now. */
export async function storePreviews(
  { workspace, messageId, authorId, body }: Previewed,
  previews: LinkPreview[],
): Promise<void> {
  const calling = { of: createHash("sha256").update(body).digest("hex"), previews };
  await change({ kind: "preview", messageId, channelId: null, workspace, accountId: authorId, text: "", calling });
}

/**
 * Takes the previews of a message away, for everybody; an edit may bring new ones. Twice is once.
 * @throws Refusal `rate_limited`, `not_found`, `forbidden` (another's, or archived), `unavailable`
 */
export function removePreviews(viewer: Viewer, workspace: Workspace, target: Target): Promise<MessageView> {
  return changed(viewer, workspace, "unpreview", target, "");
}

/** @returns the message as the change left it, durable in Postgres */
async function changed(
  viewer: Viewer,
  workspace: Workspace,
  kind: Change["kind"],
  { id, channelId }: Target,
  text: string,
): Promise<MessageView> {
  checkLimit(viewer, "changeLimit", MOST_CHANGES);
  const calling = kind === "edit" ? callingOf(workspace.slug, text) : null;
  const done = await change({ kind, messageId: id, channelId, workspace, accountId: viewer.account.id, text, calling });
  if (done.outcome === "changed" || done.outcome === "unchanged") return done.message;
  throw refusalOfChange(done.outcome);
}
