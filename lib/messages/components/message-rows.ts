import type { ShownMessage } from "@/lib/messages/browser/pending-change";
import type { Clock } from "@/lib/messages/components/clock";
import type { MessageView } from "@/lib/messages/message.events";
import type { PendingMessage } from "@/lib/messages/message.store";

const NOBODY: readonly string[] = [];
const GROUP_MS = 5 * 60_000;

/** A message as it is drawn, whether stored or on its way. */
export interface Row {
  id: string;
  seq: number | null;
  authorId: string;
  body: string;
  at: string;
  edited: boolean;
  deleted: boolean;
  grouped: boolean;
  /** The message that it answers. */
  threadId: string | null;
  replyCount: number;
  lastReplyAt: string | null;
  /** Account ids, "channel" and "here". */
  mentions: readonly string[];
  state: "sent" | "pending" | "failed";
  failure: string | null;
  /** The stored message; null while it is on its way. */
  message: ShownMessage | null;
  /** One's own, not sent yet: it can be taken back until this moment, in milliseconds. */
  sendAt: number | null;
}

export interface Day {
  key: string;
  /** The time of its first row. */
  at: string;
  rows: Row[];
}

function stored(message: ShownMessage): Row {
  const { id, seq, authorId, body, createdAt, editedAt, deletedAt, threadId, replyCount, lastReplyAt } = message;
  const { mentions } = message;
  const fixed = { grouped: false, state: "sent", failure: null, message, sendAt: null } as const;
  const changed = { edited: editedAt !== null, deleted: deletedAt !== null };
  return { id, seq, authorId, body, at: createdAt, threadId, replyCount, lastReplyAt, mentions, ...changed, ...fixed };
}

function onItsWay(message: PendingMessage, viewerId: string): Row {
  if (message.sent !== null) return { ...stored(message.sent), seq: null };
  return {
    id: message.id,
    seq: null,
    authorId: viewerId,
    body: message.body,
    at: message.writtenAt,
    edited: false,
    deleted: false,
    grouped: false,
    threadId: null,
    replyCount: 0,
    lastReplyAt: null,
    mentions: NOBODY,
    state: message.failure === null ? "pending" : "failed",
    failure: message.failure?.message ?? null,
    message: null,
    sendAt: message.sendAt ?? null,
  };
}

/** Whether a row goes on speaking for the one before it: same author, same day, within five minutes. */
function follows(row: Row, before: Row | undefined, clock: Clock): boolean {
  if (before === undefined || before.authorId !== row.authorId) return false;
  const between = Date.parse(row.at) - Date.parse(before.at);
  return between < GROUP_MS && clock.dayKey(row.at) === clock.dayKey(before.at);
}

/**
 * Rows by the reader's day. `before` is the message ahead of the first one where it is known, so that a row looks the
 * same whether or not its neighbour stands in the document. `unreadAfter` is the seq after which a group must not go on.
 */
export function daysOf(
  messages: readonly ShownMessage[],
  before: MessageView | undefined,
  pending: readonly PendingMessage[],
  viewerId: string,
  clock: Clock,
  unreadAfter: number | null,
): Day[] {
  const days: Day[] = [];
  let previous = before === undefined ? undefined : stored(before);
  for (const row of [...messages.map(stored), ...pending.map((message) => onItsWay(message, viewerId))]) {
    // What began a thread stands at 0, with a line below it.
    const atLine = previous?.seq === 0 || (unreadAfter !== null && previous?.seq === unreadAfter);
    row.grouped = !atLine && follows(row, previous, clock);
    const key = clock.dayKey(row.at);
    const day = days.at(-1);
    // A clock that went backwards must not open a day twice.
    if (day !== undefined && key <= day.key) day.rows.push(row);
    else days.push({ key, at: row.at, rows: [row] });
    previous = row;
  }
  return days;
}
