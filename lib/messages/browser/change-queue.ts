import type { ChangeJournal } from "@/lib/messages/browser/change-journal";
import { type PendingChange, slotOf } from "@/lib/messages/browser/pending-change";
import { askForChange } from "@/lib/messages/browser/requests";
import type { MessageView } from "@/lib/messages/message.events";
import { after, backoff, spread, wait } from "@/lib/realtime/browser/backoff";
import type { Connection } from "@/lib/realtime/browser/connection";
import { Emitter } from "@/lib/realtime/browser/emitter";
import type { TabLock } from "@/lib/realtime/browser/tab-lock";
import { type ErrorCode, isRefusal, Refusal } from "@/lib/shared/errors";

/** What becomes of pending changes. */
export interface ChangeFacts {
  /** Other changes of a channel are pending than before. */
  pending: string;
  /** The server has made one. */
  made: MessageView;
  /** One was refused and is taken back. */
  refused: { change: PendingChange; refusal: Refusal };
}

interface Parts {
  connection: Pick<Connection, "ask" | "state" | "onResynced">;
  journal: ChangeJournal;
  /** Names this tab in the journal. */
  tabId: string;
  pause?: (ms: number) => Promise<void>;
  delay?: typeof after;
  now?: () => number;
}

/** Another try cannot change these answers. */
const DEFINITE = new Set<ErrorCode>(["invalid", "forbidden", "not_found", "conflict", "too_large"]);
const TRIES_ONLINE = 8;
const NONE: readonly PendingChange[] = [];

/**
 * Carries edits, deletions, reactions and pins to the server: in order within a message, each until it is acknowledged
 * or definitely refused, over reconnections, reloads and closed tabs. Asking twice is harmless, because each says how
 * the message shall be and not what to do with it.
 *
 * A deletion waits, so that it can be undone. It lies in the journal from the first moment; a page that is left tells
 * the server at once (`leave`), because nobody may come back to it, and where that fails the next visit does.
 */
export class ChangeQueue extends Emitter<ChangeFacts> {
  private readonly changes = new Map<string, PendingChange>();
  private byChannel = new Map<string, readonly PendingChange[]>();
  private readonly busy = new Set<string>();
  private readonly timers = new Map<string, () => void>();
  private readonly pause: (ms: number) => Promise<void>;
  private readonly delay: typeof after;
  private readonly now: () => number;
  private stops: (() => void)[] = [];
  private open = false;
  readonly tabId: string;

  constructor(private readonly parts: Parts) {
    super();
    this.tabId = parts.tabId;
    this.pause = parts.pause ?? wait;
    this.delay = parts.delay ?? after;
    this.now = parts.now ?? Date.now;
  }

  /** The pending changes of a channel, oldest first; the same array until they change. */
  of(channelId: string): readonly PendingChange[] {
    return this.byChannel.get(channelId) ?? NONE;
  }

  /** Takes over what dead tabs left, now and at every return of the connection; begins to carry. */
  start(tab: Pick<TabLock, "takeOver">): void {
    this.open = true;
    this.stops = [
      this.parts.connection.state.subscribe(() => this.carryAll()),
      this.parts.connection.onResynced(() => void this.adopt(tab)),
    ];
    void this.adopt(tab);
  }

  /** Carries no more; what is pending stays on the device. */
  stop(): void {
    this.open = false;
    for (const stop of this.stops) stop();
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  /** Shows a change at once and carries it when it is due. */
  ask(change: Omit<PendingChange, "askedAt" | "failure">): void {
    this.put({ ...change, askedAt: new Date(this.now()).toISOString(), failure: null });
    void this.carry(change.messageId);
  }

  /** Takes a deletion back that the server has not been told of. */
  undoDeletion(messageId: string): void {
    const change = this.changes.get(`${messageId}.delete`);
    if (change !== undefined && change.dueAt > 0) this.drop(change);
  }

  /** Tries a refused edit again. */
  retryEdit(messageId: string): void {
    const change = this.changes.get(`${messageId}.edit`);
    if (change !== undefined) this.ask(change);
  }

  /** Gives a refused edit up. */
  discardEdit(messageId: string): void {
    const change = this.changes.get(`${messageId}.edit`);
    if (change !== undefined && change.failure !== null) this.drop(change);
  }

  /** The page is on its way out: what waits only to be undone is told now. */
  leave(): void {
    for (const change of this.changes.values()) {
      if (change.dueAt === 0) continue;
      this.put({ ...change, dueAt: 0 });
      const path = `/api/v1/channels/${change.channelId}/messages/${change.messageId}`;
      // Whatever becomes of it: the journal still has it.
      void fetch(path, { method: "DELETE", keepalive: true }).catch(() => undefined);
    }
  }

  private async adopt(tab: Pick<TabLock, "takeOver">): Promise<void> {
    const { journal } = this.parts;
    const left = await tab.takeOver(
      async () => journal.all(),
      (unsent) => journal.put({ tab: this.tabId, unsent }),
      () => undefined,
    );
    if (!this.open) return;
    for (const change of left) if (!this.changes.has(slotOf(change))) this.put(change);
    this.carryAll();
  }

  private carryAll(): void {
    const ids = new Set([...this.changes.values()].map(({ messageId }) => messageId));
    for (const id of ids) void this.carry(id);
  }

  private ready(): boolean {
    return this.open && this.parts.connection.state.get() === "online";
  }

  /** The next change of a message that is due. Where all of them wait, one timer waits for the first. */
  private next(messageId: string): PendingChange | undefined {
    const waiting = [...this.changes.values()].filter((one) => one.messageId === messageId && one.failure === null);
    const due = waiting.find(({ dueAt }) => dueAt <= this.now());
    this.timers.get(messageId)?.();
    this.timers.delete(messageId);
    const first = Math.min(...waiting.map(({ dueAt }) => dueAt));
    if (due === undefined && waiting.length > 0) {
      this.timers.set(
        messageId,
        this.delay(first - this.now(), () => void this.carry(messageId)),
      );
    }
    return due;
  }

  /** One change of a message is in flight at a time. */
  private async carry(messageId: string): Promise<void> {
    if (this.busy.has(messageId)) return;
    this.busy.add(messageId);
    let tries = 0;
    for (;;) {
      const next = this.ready() ? this.next(messageId) : undefined;
      if (next === undefined) break;
      const change = next.dueAt === 0 ? next : this.put({ ...next, dueAt: 0 });
      const refusal = await this.attempt(change);
      if (refusal === null) tries = 0;
      else if (!this.ready()) break;
      else if (DEFINITE.has(refusal.code) || tries >= TRIES_ONLINE) {
        tries = 0;
        this.refuse(change, refusal);
      } else {
        if (refusal.code !== "rate_limited") tries += 1;
        await this.pause(refusal.retryAfterMs === undefined ? backoff(tries) : spread(refusal.retryAfterMs));
      }
    }
    this.busy.delete(messageId);
  }

  private async attempt(change: PendingChange): Promise<Refusal | null> {
    try {
      const message = await askForChange(this.parts.connection, change);
      this.emit("made", message);
      // Unless something else was asked for meanwhile.
      if (this.changes.get(slotOf(change)) === change) this.drop(change);
      return null;
    } catch (error) {
      return isRefusal(error) ? error : new Refusal("unavailable", "Parley could not be reached.");
    }
  }

  private refuse(change: PendingChange, refusal: Refusal): void {
    if (this.changes.get(slotOf(change)) !== change) return;
    if (change.kind === "edit") {
      this.put({ ...change, failure: { code: refusal.code, message: refusal.message } });
      return;
    }
    this.drop(change);
    this.emit("refused", { change, refusal });
  }

  private put(change: PendingChange): PendingChange {
    this.changes.set(slotOf(change), change);
    this.parts.journal.put({ tab: this.tabId, unsent: change });
    this.tell(change.channelId);
    return change;
  }

  private drop(change: PendingChange): void {
    this.changes.delete(slotOf(change));
    this.parts.journal.remove({ tab: this.tabId, unsent: change });
    this.tell(change.channelId);
  }

  private tell(channelId: string): void {
    const pending = [...this.changes.values()].filter((change) => change.channelId === channelId);
    this.byChannel = new Map(this.byChannel).set(channelId, pending);
    this.emit("pending", channelId);
  }
}
