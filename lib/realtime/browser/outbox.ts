import type { MessageView } from "@/lib/messages/message.events";
import { after, backoff, spread, wait } from "@/lib/realtime/browser/backoff";
import type { Connection } from "@/lib/realtime/browser/connection";
import { Emitter } from "@/lib/realtime/browser/emitter";
import { fitsPacket, postMessage } from "@/lib/realtime/browser/large-message";
import type { TabLock } from "@/lib/realtime/browser/tab-lock";
import { payloadOf, type Unsent, type UnsentStore } from "@/lib/realtime/browser/unsent";
import { type ErrorCode, isRefusal, Refusal } from "@/lib/shared/errors";

/** What becomes of a message on its way. */
export interface OutboxFacts {
  pending: Unsent;
  sent: MessageView;
  failed: Unsent;
  discarded: Unsent;
}

interface Parts {
  connection: Pick<Connection, "ask" | "state" | "onResynced">;
  store: UnsentStore;
  tab: TabLock;
  /** Sends what is too long for a packet, and what must outlive the page. */
  post?: (unsent: Unsent, keepalive?: boolean) => Promise<MessageView>;
  pause?: (ms: number) => Promise<void>;
  delay?: typeof after;
  now?: () => number;
}

/** Another try cannot change these answers. */
const DEFINITE = new Set<ErrorCode>(["invalid", "forbidden", "not_found", "conflict", "too_large"]);
const TRIES_ONLINE = 8;
/** A tab that is loaded again takes its own messages back within this time; later the others take them. */
const RELOAD_MS = 3_000;

/**
 * Carries messages to the server: in order within a channel, each until it is acknowledged or definitely refused,
 * over reconnections, reloads and closed tabs. Sending twice is harmless, because the id is the message's own.
 */
export class Outbox extends Emitter<OutboxFacts> {
  private readonly queues = new Map<string, Unsent[]>();
  private readonly failures = new Map<string, Unsent>();
  private readonly busy = new Set<string>();
  private readonly post: (unsent: Unsent, keepalive?: boolean) => Promise<MessageView>;
  private readonly timers = new Map<string, () => void>();
  private readonly pause: (ms: number) => Promise<void>;
  private readonly delay: typeof after;
  private readonly now: () => number;
  private stops: (() => void)[] = [];
  private open = false;

  constructor(private readonly parts: Parts) {
    super();
    this.post = parts.post ?? postMessage;
    this.pause = parts.pause ?? wait;
    this.delay = parts.delay ?? after;
    this.now = parts.now ?? Date.now;
  }

  /** Takes over what dead tabs left, now, at every return of the connection and when one closes; begins to send. */
  start(): void {
    this.open = true;
    this.stops = [
      this.parts.connection.state.subscribe(() => this.sendAll()),
      this.parts.connection.onResynced(() => void this.adopt()),
      this.parts.store.onOtherTab((tab) => this.inherit(tab)),
    ];
    void this.adopt();
  }

  /** Sends no more; what is unsent stays on the device. */
  stop(): void {
    this.open = false;
    for (const stop of this.stops) stop();
    for (const cancel of this.timers.values()) cancel();
  }

  /** Keeps a new message, tells that it is pending, and sends it when its turn comes. */
  add(unsent: Unsent): void {
    this.parts.store.keep(this.parts.tab.id, unsent);
    this.enqueue(unsent);
  }

  /** Tries a failed message again. */
  retry(id: string): void {
    const failed = this.failures.get(id);
    if (failed === undefined) return;
    this.failures.delete(id);
    this.add({ ...failed, failure: null });
  }

  /** Gives a failed message up. */
  discard(id: string): void {
    const failed = this.failures.get(id);
    if (failed === undefined) return;
    this.failures.delete(id);
    this.parts.store.drop(id);
    this.emit("discarded", failed);
  }

  /** Takes a message back that still waits to be sent. @returns it, or null where it is on its way already */
  takeBack(id: string): Unsent | null {
    const unsent = [...this.queues.values()].flat().find((queued) => queued.id === id);
    if (unsent === undefined || (unsent.sendAt ?? 0) <= this.now()) return null;
    this.takeOff(unsent);
    this.parts.store.drop(id);
    this.emit("discarded", unsent);
    return unsent;
  }

  /** The page is on its way out: what waits only to be taken back is sent now. */
  leave(): void {
    for (const [channelId, queue] of this.queues) {
      const waiting = queue.filter(({ sendAt = 0 }) => sendAt > this.now());
      if (waiting.length === 0) continue;
      const now = queue.map(({ sendAt: _, ...unsent }) => unsent);
      this.queues.set(channelId, now);
      for (const unsent of now) this.parts.store.keep(this.parts.tab.id, unsent);
      // Whatever becomes of them: they are kept on the device, and sending twice is harmless.
      for (const unsent of waiting) void this.post(unsent, true).catch(() => undefined);
    }
  }

  private async adopt(): Promise<void> {
    const { store, tab } = this.parts;
    const left = await tab.takeOver(
      () => store.all(),
      (unsent) => store.keep(tab.id, unsent),
      (other) => this.inherit(other),
    );
    if (!this.open) return;
    for (const unsent of left) {
      if (this.holds(unsent)) continue;
      if (unsent.failure === null) this.enqueue(unsent);
      else this.fail(unsent);
    }
  }

  /** Takes over what another tab leaves unsent when it closes. */
  private inherit(tab: string): void {
    this.parts.tab.watch(tab, () => {
      this.delay(RELOAD_MS, () => {
        if (this.open) void this.adopt();
      });
    });
  }

  private holds({ id, channelId }: Unsent): boolean {
    return this.failures.has(id) || (this.queues.get(channelId) ?? []).some((queued) => queued.id === id);
  }

  private enqueue(unsent: Unsent): void {
    const queue = this.queues.get(unsent.channelId) ?? [];
    queue.push(unsent);
    this.queues.set(unsent.channelId, queue);
    this.emit("pending", unsent);
    void this.send(unsent.channelId);
  }

  private fail(unsent: Unsent): void {
    this.failures.set(unsent.id, unsent);
    this.emit("failed", unsent);
  }

  private sendAll(): void {
    for (const channelId of this.queues.keys()) void this.send(channelId);
  }

  private ready(): boolean {
    return this.open && this.parts.connection.state.get() === "online";
  }

  /** One message of a channel is in flight at a time: a retry can then never fall behind a later message. */
  private async send(channelId: string): Promise<void> {
    if (this.busy.has(channelId)) return;
    this.busy.add(channelId);
    let tries = 0;
    for (;;) {
      const next = this.ready() ? this.due(channelId) : undefined;
      if (next === undefined) break;
      const refusal = await this.attempt(next);
      if (refusal === null) {
        tries = 0;
        continue;
      }
      if (!this.ready()) break;
      if (refusal.code !== "rate_limited") tries += 1;
      if (DEFINITE.has(refusal.code) || tries >= TRIES_ONLINE) {
        tries = 0;
        this.takeOff(next);
        const failed = { ...next, failure: { code: refusal.code, message: refusal.message } };
        this.parts.store.keep(this.parts.tab.id, failed);
        this.fail(failed);
      } else {
        await this.pause(refusal.retryAfterMs === undefined ? backoff(tries) : spread(refusal.retryAfterMs));
      }
    }
    this.busy.delete(channelId);
    // The connection may have come back between the last look at it and here.
    if (this.ready() && this.due(channelId) !== undefined) void this.send(channelId);
  }

  /** The first message of a channel, unless it still waits: then a timer waits with it, and the others behind it. */
  private due(channelId: string): Unsent | undefined {
    const first = this.queues.get(channelId)?.[0];
    const left = (first?.sendAt ?? 0) - this.now();
    this.timers.get(channelId)?.();
    this.timers.delete(channelId);
    if (left <= 0) return first;
    this.timers.set(
      channelId,
      this.delay(left, () => void this.send(channelId)),
    );
    return undefined;
  }

  private async attempt(unsent: Unsent): Promise<Refusal | null> {
    try {
      const message = fitsPacket(unsent)
        ? (await this.parts.connection.ask("message:send", payloadOf(unsent))).message
        : await this.post(unsent);
      this.takeOff(unsent);
      this.parts.store.drop(unsent.id);
      this.emit("sent", message);
      return null;
    } catch (error) {
      return isRefusal(error)
        ? error
        : new Refusal("unavailable", "Parley could not be reached. Your message is kept.");
    }
  }

  private takeOff({ id, channelId }: Unsent): void {
    const rest = (this.queues.get(channelId) ?? []).filter((queued) => queued.id !== id);
    this.queues.set(channelId, rest);
  }
}
