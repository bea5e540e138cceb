import type { ClientToServer } from "@/lib/events";
import type { ChannelChanges, PlacedMessage, SyncAnswer } from "@/lib/messages/message.events";
import type { After } from "@/lib/realtime/browser/backoff";
import type { Listeners, Wire } from "@/lib/realtime/browser/wire";
import type { ErrorCode } from "@/lib/shared/errors";

/** A message of a made-up channel, whose version is its seq unless said otherwise. */
export function messageOf(seq: number, more: Partial<PlacedMessage> = {}): PlacedMessage {
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
    pinnedAt: null,
    pinnedBy: null,
    previews: [],
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

/** Time in the test's hand: it passes when the test says so, to the next thing that somebody waits for. */
export function handClock() {
  let waiting: { ms: number; act: () => void }[] = [];
  const after: After = (ms, act) => {
    const one = { ms, act };
    waiting.push(one);
    return () => {
      waiting = waiting.filter((each) => each !== one);
    };
  };
  return {
    after,
    waits: () => waiting.map(({ ms }) => ms),
    /** Lets the shortest wait end. @returns whether there was one */
    pass: (): boolean => {
      const next = waiting.toSorted((a, b) => a.ms - b.ms)[0];
      waiting = waiting.filter((each) => each !== next);
      next?.act();
      return next !== undefined;
    },
  };
}

/** A channel's log on the server: each version touches one message. */
export class Log {
  readonly versions: PlacedMessage[] = [];

  constructor(readonly channelId: string) {}

  get version(): number {
    return this.versions.length;
  }

  /** Says something new, or changes what was said. */
  write(edit: number | null): void {
    const count = this.newest().size;
    const seq = edit === null || count === 0 ? count + 1 : (edit % count) + 1;
    const version = this.version + 1;
    this.versions.push(messageOf(seq, { channelId: this.channelId, version, body: `as of ${version}` }));
  }

  /** The messages as of a version. */
  newest(version = this.version): Map<number, PlacedMessage> {
    return new Map(this.versions.slice(0, version).map((message) => [message.seq, message]));
  }

  range(from: number, to: number): ChannelChanges {
    return { channelId: this.channelId, from, to, messages: this.versions.slice(from, to) };
  }
}

export function logOf(versions: number, channelId = "general"): Log {
  const log = new Log(channelId);
  for (let version = 0; version < versions; version += 1) log.write(null);
  return log;
}

/** What a server that holds these logs answers to `sync`. */
export function answerSync(logs: Log[], cursors: Record<string, number>): SyncAnswer {
  const stale = logs.filter(({ channelId, version }) => (cursors[channelId] ?? version) < version);
  const channels = stale.map((log) => {
    const since = log.versions.slice(cursors[log.channelId]);
    const messages = [...new Map(since.map((message) => [message.seq, message])).values()];
    return [log.channelId, { version: log.version, messages, reset: false }];
  });
  return { ...NOTHING_MISSED, channels: Object.fromEntries(channels) };
}
