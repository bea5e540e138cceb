import type { LinkPreview, MessageView, ReactionView } from "@/lib/messages/message.events";

/** A row of `messages`, as MESSAGE_COLUMNS reads it. */
export interface MessageRow {
  id: string;
  channel_id: string;
  seq: number | null;
  version: number;
  thread_id: string | null;
  thread_seq: number | null;
  author_id: string;
  body: string;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  reactions: ReactionView[] | null;
  reply_count: number;
  last_reply_at: Date | null;
  mentions: string[] | null;
  pinned_at: Date | null;
  pinned_by: string | null;
  previews: LinkPreview[] | null;
}

export const MESSAGE_COLUMNS = `m.id, m.channel_id, m.seq, m.version, m.thread_id, m.thread_seq, m.author_id, m.body,
  m.created_at, m.edited_at, m.deleted_at, m.reactions, m.reply_count, m.last_reply_at, m.mentions,
  m.pinned_at, m.pinned_by, m.previews`;

export function messageView(row: MessageRow): MessageView {
  return {
    id: row.id,
    channelId: row.channel_id,
    seq: row.seq,
    version: row.version,
    threadId: row.thread_id,
    threadSeq: row.thread_seq,
    authorId: row.author_id,
    body: row.body,
    createdAt: row.created_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    reactions: row.reactions ?? [],
    attachments: [],
    replyCount: row.reply_count,
    lastReplyAt: row.last_reply_at?.toISOString() ?? null,
    mentions: row.mentions ?? [],
    pinnedAt: row.pinned_at?.toISOString() ?? null,
    pinnedBy: row.pinned_by,
    previews: row.previews ?? [],
  };
}

/** A row as Postgres writes it into JSON: the moments are text. */
export type MessageJson = {
  [Column in keyof MessageRow]: Date extends MessageRow[Column]
    ? string | Exclude<MessageRow[Column], Date>
    : MessageRow[Column];
};

export function messageViewOfJson(row: MessageJson): MessageView {
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return messageView({
    ...row,
    created_at: new Date(row.created_at),
    edited_at: moment(row.edited_at),
    deleted_at: moment(row.deleted_at),
    last_reply_at: moment(row.last_reply_at),
    pinned_at: moment(row.pinned_at),
  });
}

interface Sent {
  id: string;
  channelId: string;
  threadId: string | null;
  authorId: string;
  body: string;
}

/** A message that was stored this moment. */
export function newMessageView(
  sent: Sent,
  place: { seq: number | null; version: number; threadSeq: number | null; createdAt: Date; mentions: string[] },
): MessageView {
  return messageView({
    id: sent.id,
    channel_id: sent.channelId,
    seq: place.seq,
    version: place.version,
    thread_id: sent.threadId,
    thread_seq: place.threadSeq,
    author_id: sent.authorId,
    body: sent.body,
    created_at: place.createdAt,
    edited_at: null,
    deleted_at: null,
    reactions: null,
    reply_count: 0,
    last_reply_at: null,
    mentions: place.mentions,
    pinned_at: null,
    pinned_by: null,
    previews: null,
  });
}
