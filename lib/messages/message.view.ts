import type { MessageView, ReactionView } from "@/lib/messages/message.events";

/** A row of `messages`, as MESSAGE_COLUMNS reads it. */
export interface MessageRow {
  id: string;
  channel_id: string;
  seq: number;
  version: number;
  author_id: string;
  body: string;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  reactions: ReactionView[] | null;
}

export const MESSAGE_COLUMNS =
  "m.id, m.channel_id, m.seq, m.version, m.author_id, m.body, m.created_at, m.edited_at, m.deleted_at, m.reactions";

export function messageView(row: MessageRow): MessageView {
  return {
    id: row.id,
    channelId: row.channel_id,
    seq: row.seq,
    version: row.version,
    threadId: null,
    threadSeq: null,
    authorId: row.author_id,
    body: row.body,
    createdAt: row.created_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    reactions: row.reactions ?? [],
    attachments: [],
    replyCount: 0,
    lastReplyAt: null,
    mentions: [],
  };
}

/** A message that was stored this moment. */
export function newMessageView(
  sent: { id: string; channelId: string; authorId: string; body: string },
  place: { seq: number; version: number; createdAt: Date },
): MessageView {
  return messageView({
    id: sent.id,
    channel_id: sent.channelId,
    seq: place.seq,
    version: place.version,
    author_id: sent.authorId,
    body: sent.body,
    created_at: place.createdAt,
    edited_at: null,
    deleted_at: null,
    reactions: null,
  });
}
