import { z } from "zod";
import type { ChannelView, MembershipChangeView } from "@/lib/channels/channel.events";
import { reactionEmoji } from "@/lib/messages/emoji/reaction-emoji";
import { idSchema, textOf } from "@/lib/shared/text";

export const BODY_LIMIT = 16_000;

/** The most that a request with a body may weigh over HTTP: each of its characters as two \u escapes, and the rest. */
export const MOST_JSON_BYTES = 200 * 1024;

/** Everybody who reacts with one emoji, in the order in which they did. */
export interface ReactionView {
  emoji: string;
  accountIds: string[];
}

/** What a link of a message leads to, as its page describes itself. */
export interface LinkPreview {
  url: string;
  title: string;
  description: string;
  siteName: string;
}

export interface MessageView {
  id: string;
  channelId: string;
  /** The place in the channel; null for a reply that stands in its thread alone. */
  seq: number | null;
  version: number;
  /** The message that began the thread. */
  threadId: string | null;
  threadSeq: number | null;
  authorId: string;
  body: string;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  /** By first use. */
  reactions: ReactionView[];
  attachments: never[];
  replyCount: number;
  lastReplyAt: string | null;
  /** Account ids, and the words "channel" and "here". */
  mentions: string[];
  pinnedAt: string | null;
  pinnedBy: string | null;
  previews: LinkPreview[];
}

/** What a message said before an edit, and when that edit was made. */
export interface EarlierText {
  body: string;
  until: string;
}

/** A message that has a place in its channel. */
export type PlacedMessage = MessageView & { seq: number };

/** One range of a channel's history, ascending by `seq`. */
export interface MessagePage {
  messages: MessageView[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** The channel's version that this page is true at: the cursor for a client that starts here. */
  version: number;
}

/** One range of a thread, ascending by `threadSeq`. */
export interface ThreadPage extends MessagePage {
  /** The message that began it. */
  root: MessageView;
  /** Whether the viewer follows it, and the highest `threadSeq` that the viewer has read. */
  following: boolean;
  readSeq: number;
}

/** Every change of one channel with `from < version <= to`. */
export interface ChannelChanges {
  channelId: string;
  from: number;
  to: number;
  messages: MessageView[];
  members?: MembershipChangeView[];
}

/** What one channel answers to `sync`. `reset` means: drop what you hold, `messages` is the newest page. */
export interface ChannelSync {
  version: number;
  messages: MessageView[];
  members?: MembershipChangeView[];
  reset: boolean;
}

export interface SyncAnswer {
  epoch: string;
  channels: Record<string, ChannelSync>;
  /** Channels one belongs to and named no cursor for. */
  joined: ChannelView[];
  /** Channels one named a cursor for and may not read (any more). */
  left: string[];
}

export const sendMessageSchema = z.strictObject({
  id: idSchema,
  channelId: idSchema,
  body: textOf(1, BODY_LIMIT),
  /** The message that is answered. */
  threadId: idSchema.nullish(),
  /** A reply stands in the channel as well. Other messages always do. */
  inChannel: z.boolean().optional(),
  // Files are to come: until then a client that knows them may say that there are none.
  attachmentIds: z.array(z.never()).max(0, "files are not served yet").optional(),
});
export type SendMessage = z.output<typeof sendMessageSchema>;

export const editMessageSchema = z.strictObject({ id: idSchema, body: textOf(1, BODY_LIMIT) });

export const deleteMessageSchema = z.strictObject({ id: idSchema });

export const removePreviewsSchema = z.strictObject({ messageId: idSchema });

/** One message, to be pinned or the like. */
export const messageRefSchema = z.strictObject({ id: idSchema });

export const reactionSchema = z.strictObject({
  messageId: idSchema,
  emoji: z.string().transform((text, context) => {
    const emoji = reactionEmoji(text);
    if (emoji !== null) return emoji;
    context.addIssue({ code: "custom", message: "must be one emoji, or a :name: of a-z, 0-9, _, + and -" });
    return z.NEVER;
  }),
});

const seq = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

export const pageSchema = z
  .strictObject({
    limit: z.int().min(1).max(200).default(50),
    before: seq.optional(),
    after: seq.optional(),
    around: seq.optional(),
  })
  .refine(
    ({ before, after, around }) => [before, after, around].filter((bound) => bound !== undefined).length <= 1,
    "give one of before, after and around, not several",
  );
export type PageRange = z.output<typeof pageSchema>;

export const historySchema = pageSchema.safeExtend({ channelId: idSchema, threadId: idSchema.nullish() });

/** The values of a query are texts. */
const number = z.string().regex(/^\d+$/, "must be a whole number").transform(Number);

/** The same range as a query says it. */
export const pageQuerySchema = z
  .strictObject({
    limit: number.optional(),
    before: number.optional(),
    after: number.optional(),
    around: number.optional(),
  })
  .pipe(pageSchema);

export const syncSchema = z.strictObject({
  cursors: z.record(idSchema, seq).refine((cursors) => Object.keys(cursors).length <= 5_000, "at most 5,000 channels"),
});
