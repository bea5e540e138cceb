import type { ClientToServer } from "@/lib/events";
import type { MessageView, SyncAnswer } from "@/lib/messages/message.events";
import type { Listeners, Wire } from "@/lib/realtime/browser/wire";
import type { ErrorCode } from "@/lib/shared/errors";

/** A message of a made-up channel, whose version is its seq unless said otherwise. */
export function messageOf(seq: number, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `message-${seq}`,
    channelId: "general",
    seq,
    version: seq,
    threadId: null,
    threadSeq: null,
    authorId: "ada",
    body: `body ${seq}`,
    createdAt: "2026-11-23T14:05:00.000Z",
    editedAt: null,
    deletedAt: null,
    reactions: [],
    attachments: [],
    replyCount: 0,
    lastReplyAt: null,
    mentions: [],
    ...more,
  };
}

export const NOTHING_MISSED: SyncAnswer = { epoch: "one", channels: {}, joined: [], left: [] };

interface Asked {
  event: keyof ClientToServer;
  payload: unknown;
  succeed: (answer: object) => void;
  refuse: (code: ErrorCode, retryAfterMs?: number) => void;
  timeOut: () => void;
}

/** A server in the test's hand: it says what it is told to say, and keeps what it was asked. */
export function stage() {
  let listeners: Listeners | null = null;
  const asked: Asked[] = [];
  const waiting = new Set<() => void>();
  let connected = false;
  let connects = 0;
  const wire: Wire = {
    get connected() {
      return connected;
    },
    connect: () => {
      connects += 1;
    },
    disconnect: () => {
      const wasConnected = connected;
      connected = false;
      if (wasConnected) heard().disconnect();
    },
    timeout: () => ({
      emit: (event, payload, acknowledge) => {
        asked.push({
          event,
          payload,
          succeed: (answer) => acknowledge(null, Object.assign({ ok: true }, answer) as never),
          refuse: (code, retryAfterMs) =>
            acknowledge(null, { ok: false, error: { code, message: code, ...(retryAfterMs && { retryAfterMs }) } }),
          timeOut: () =>
            acknowledge(new Error("timed out"), { ok: false, error: { code: "unavailable", message: "" } }),
        });
        for (const look of waiting) look();
      },
    }),
  };
  const heard = (): Listeners => {
    if (listeners === null) throw new Error("nobody has opened the connection");
    return listeners;
  };
  return {
    asked,
    connects: () => connects,
    open: (_url: string, given: Listeners): Wire => {
      listeners = given;
      return wire;
    },
    tell: heard,
    greet: (epoch = "one", accountId = "ada") => {
      connected = true;
      heard().hello({
        epoch,
        account: { id: accountId, kind: "member", username: accountId, displayName: accountId },
        serverTime: "2026-11-23T14:05:00.000Z",
      });
    },
    cut: () => {
      connected = false;
      heard().disconnect();
    },
    /** The `nth` request of a kind (0 is the first), made already or yet to come. */
    request: (event: keyof ClientToServer, nth = 0): Promise<Asked> =>
      new Promise((found) => {
        const look = () => {
          const request = asked.filter((one) => one.event === event)[nth];
          if (request === undefined) return;
          waiting.delete(look);
          found(request);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Lets everything that is already resolved run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
