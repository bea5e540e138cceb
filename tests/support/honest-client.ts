import { io, type Socket } from "socket.io-client";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { MessageView } from "@/lib/messages/message.events";
import { type Connection, createConnection } from "@/lib/realtime/browser/connection";
import type { Change } from "@/lib/realtime/browser/resync";
import type { Listeners, Wire } from "@/lib/realtime/browser/wire";
import { type ErrorCode, isRefusal } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Person } from "@/tests/support/peer";

/** One message that a client wants to say, and what is known of its fate. Times are of `performance.now()`. */
export interface Said {
  id: string;
  channelId: string;
  body: string;
  askedAt: number | null;
  answeredAt: number | null;
  stored: MessageView | null;
  refused: ErrorCode | null;
}

/** What a client holds of a channel: everything above `since`. */
export interface Held {
  since: number;
  version: number;
  messages: Map<string, MessageView>;
}

/** Another try cannot change these answers. */
const DEFINITE = new Set<ErrorCode>(["invalid", "unauthenticated", "forbidden", "not_found", "conflict", "too_large"]);
const PAUSE_MS = 100;

export interface ClientOptions {
  /** How long it waits for an answer before it asks again. */
  patienceMs?: number;
  transport?: "websocket" | "polling";
}

/**
 * A client as the contract wants it, with the browser's own engine inside: it says each message under one id until it
 * is answered, one at a time in a channel, over any number of connections, and applies what it is told.
 */
export class HonestClient {
  /** All that it was given to say, in that order. */
  readonly said: Said[] = [];
  readonly held = new Map<string, Held>();
  /** Channels that it was told it has left, with what it held then. */
  readonly left = new Map<string, Held>();
  /** What the engine should never do. */
  readonly breaches: string[] = [];
  readonly connection: Connection;
  /** The codes of all refusals that the server itself answered. */
  readonly refusals: ErrorCode[] = [];
  /** How often it has caught up: once at each connection, and at each gap. */
  catchUps = 0;
  private readonly queues = new Map<string, Said[]>();
  private readonly watchers = new Set<() => void>();
  private readonly patienceMs: number;
  private open = true;

  /** @param origin where it connects to, which may be a proxy */
  constructor(
    readonly person: Person,
    origin: string,
    { patienceMs = 2_000, transport = "websocket" }: ClientOptions = {},
  ) {
    this.patienceMs = patienceMs;
    this.connection = createConnection({
      origin,
      slug: person.slug,
      accountId: person.account.id,
      open: (url, listeners) => {
        const socket = dial(url, person.token, transport);
        return counting(socket, listeners, (code) => this.refusals.push(code));
      },
    });
    this.connection.state.subscribe(() => this.look());
    this.connection.onResynced(() => {
      this.catchUps += 1;
      this.look();
    });
    this.connection.on("channel:joined", ({ channel }) => this.join(channel));
    this.connection.on("channel:left", ({ channelId }) => this.leave(channelId));
    this.connection.onChanges((change) => this.apply(change));
  }

  /** Queues messages for a channel. */
  say(channelId: string, ...bodies: string[]): void {
    const queue = this.queues.get(channelId) ?? [];
    const idle = queue.length === 0;
    for (const body of bodies) {
      const one: Said = { id: newId(), channelId, body, askedAt: null, answeredAt: null, stored: null, refused: null };
      this.said.push(one);
      queue.push(one);
    }
    this.queues.set(channelId, queue);
    if (idle) void this.carry(queue);
  }

  /** Resolves when this holds of the client; looked at after everything that happens to it. */
  until(holds: (client: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds(this)) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  acknowledged(): number {
    return this.said.filter(({ stored }) => stored !== null).length;
  }

  /** Whether everything that it had to say is answered. */
  isDone(): boolean {
    return this.said.every(({ answeredAt }) => answeredAt !== null);
  }

  close(): void {
    this.open = false;
    this.connection.close();
    this.look();
  }

  private look(): void {
    for (const look of [...this.watchers]) look();
  }

  private async carry(queue: Said[]): Promise<void> {
    for (let next = queue[0]; next !== undefined && this.open; next = queue[0]) {
      await this.until(() => !this.open || this.connection.state.get() === "online");
      if (await this.ask(next)) queue.shift();
      else await new Promise((go) => setTimeout(go, PAUSE_MS * (0.5 + Math.random())));
      this.look();
    }
  }

  /** @returns whether it was answered once and for all */
  private async ask(one: Said): Promise<boolean> {
    const { id, channelId, body } = one;
    one.askedAt ??= performance.now();
    try {
      const { message } = await this.connection.ask(
        "message:send",
        { id, channelId, body },
        { timeoutMs: this.patienceMs },
      );
      one.stored = message;
    } catch (error) {
      if (!isRefusal(error) || !DEFINITE.has(error.code)) return false;
      one.refused = error.code;
    }
    one.answeredAt = performance.now();
    return true;
  }

  private join(channel: ChannelView): void {
    if (this.held.has(channel.id)) return;
    this.held.set(channel.id, { since: channel.lastSeq, version: channel.version, messages: new Map() });
    this.look();
  }

  private leave(channelId: string): void {
    const held = this.held.get(channelId);
    if (held === undefined) return;
    this.held.delete(channelId);
    this.left.set(channelId, held);
    this.look();
  }

  private apply({ channelId, from, to, messages, reset }: Change): void {
    const held = this.held.get(channelId);
    if (held === undefined) {
      this.breaches.push(`changes ${from}..${to} of a channel that it is not in: ${channelId}`);
      return;
    }
    if (from !== held.version) this.breaches.push(`changes ${from}..${to} applied at ${held.version} of ${channelId}`);
    if (reset) {
      held.messages.clear();
      held.since = (messages[0]?.seq ?? 1) - 1;
    }
    for (const message of messages) held.messages.set(message.id, message);
    held.version = to;
    this.look();
  }
}

function dial(url: string, token: string, transport: "websocket" | "polling"): Socket {
  return io(url, {
    transports: [transport],
    auth: { token },
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    timeout: 3_000,
  });
}

/** The wire that the engine wants, which notes every refusal that the server answered. */
function counting(socket: Socket, listeners: Listeners, onRefusal: (code: ErrorCode) => void): Wire {
  for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  return {
    get connected() {
      return socket.connected;
    },
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
    timeout: (ms) => ({
      emit: (event, payload, acknowledge) =>
        socket.timeout(ms).emit(event, payload, (error: Error | null, answer: Parameters<typeof acknowledge>[1]) => {
          if (error === null && !answer.ok) onRefusal(answer.error.code);
          acknowledge(error, answer);
        }),
    }),
  };
}
