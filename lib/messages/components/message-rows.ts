import type { Clock } from "@/lib/messages/components/clock";
import type { MessageView } from "@/lib/messages/message.events";
import type { PendingMessage } from "@/lib/messages/message.store";

const GROUP_MS = 5 * 60_000;

/** A message as it is drawn, whether stored or on its way. */
export interface Row {
  id: string;
  seq: number | null;
  authorId: string;
  body: string;
  previews: readonly LinkPreview[];
  at: string;
  edited: boolean;
  deleted: boolean;
  grouped: boolean;
  state: "sent" | "pending" | "failed";
  failure: string | null;
}

export interface Day {
  key: string;
  /** The time of its first row. */
  at: string;
  rows: Row[];
}

function stored({ id, seq, authorId, body, previews, createdAt, editedAt, deletedAt }: MessageView): Row {
  const fixed = { grouped: false, state: "sent", failure: null } as const;
  return {
    id,
    seq,
    authorId,
    body,
    previews,
    at: createdAt,
    edited: editedAt !== null,
    deleted: deletedAt !== null,
    ...fixed,
  };
}

function onItsWay(message: PendingMessage, viewerId: string): Row {
  if (message.sent !== null) return { ...stored(message.sent), seq: null };
  return {
    id: message.id,
    seq: null,
    authorId: viewerId,
    body: message.body,
    previews: [],
    at: message.writtenAt,
    edited: false,
    deleted: false,
    grouped: false,
    state: message.failure === null ? "pending" : "failed",
    failure: message.failure?.message ?? null,
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
  messages: readonly MessageView[],
  before: MessageView | undefined,
  pending: readonly PendingMessage[],
  viewerId: string,
  clock: Clock,
  unreadAfter: number | null,
): Day[] {
  const days: Day[] = [];
  let previous = before === undefined ? undefined : stored(before);
  for (const row of [...messages.map(stored), ...pending.map((message) => onItsWay(message, viewerId))]) {
    const atLine = unreadAfter !== null && previous?.seq === unreadAfter;
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
