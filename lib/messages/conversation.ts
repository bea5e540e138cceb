import type { AccountView } from "@/lib/auth/account.events";
import { changeJournal } from "@/lib/messages/browser/change-journal";
import { ChangeQueue } from "@/lib/messages/browser/change-queue";
import { ComposerDesk } from "@/lib/messages/composer-desk";
import { type DraftStore, draftStore } from "@/lib/messages/draft";
import { KeptTimelines } from "@/lib/messages/kept-timelines";
import type { MessagePage, MessageView, ThreadPage } from "@/lib/messages/message.events";
import type { Edge, TimelineFact, TimelineState } from "@/lib/messages/message.store";
import { inThread, isPlaced, isThreadPage, type Stream, streamKey } from "@/lib/messages/stream";
import { Timelines } from "@/lib/messages/timelines.store";
import { readUndoWindow } from "@/lib/messages/undo-window";
import type { Connection } from "@/lib/realtime/browser/connection";
import { Outbox } from "@/lib/realtime/browser/outbox";
import type { Change } from "@/lib/realtime/browser/resync";
import { TabLock } from "@/lib/realtime/browser/tab-lock";
import { type Unsent, UnsentStore } from "@/lib/realtime/browser/unsent";
import { deviceShelf, deviceStorage, storageJournal } from "@/lib/realtime/browser/unsent-places";
import { isRefusal } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";

const PAGE = 100;
const FIRST_PAGE = 60;

/** Where a reader stood in a channel when it was left: a row and its distance from the top of the view, in pixels. */
export interface Place {
  messageId: string;
  offset: number;
}

interface Options {
  connection: Connection;
  viewer: AccountView;
  /** The page that the server rendered. */
  initial?: { channelId: string; page: MessagePage };
}

/** Joins the connection, the outbox and the timelines of one tab. It is inert until `start`. */
export class Conversation {
  readonly timelines: Timelines;
  /** The threads that were opened, by the message that began each; their messages as they stand in them. */
  readonly threads = new Timelines();
  readonly places = new Map<string, Place>();
  readonly drafts: DraftStore;
  readonly connection: Connection;
  readonly viewer: AccountView;
  private readonly initial: Options["initial"];
  readonly changes: ChangeQueue;
  readonly desk: ComposerDesk;
  private outbox: Outbox | null = null;
  private kept: KeptTimelines | null = null;

  constructor({ connection, viewer, initial }: Options) {
    this.connection = connection;
    this.viewer = viewer;
    this.initial = initial;
    this.timelines = new Timelines(initial);
    this.drafts = draftStore(deviceStorage(), connection.scope);
    this.desk = new ComposerDesk(this.drafts);
    const journal = changeJournal(deviceStorage(), `parley.changes.${connection.scope}.`);
    this.changes = new ChangeQueue({ connection, journal, tabId: newId() });
  }

  /** Begins to listen and to send; browser only. The answer ends both. */
  start(): () => void {
    const { connection, timelines } = this;
    if (this.initial !== undefined) connection.setCursor(this.initial.channelId, this.initial.page.version);
    const scope = `parley.outbox.${connection.scope}.`;
    const tab = new TabLock(newId(), scope, navigator.locks ?? null);
    const store = new UnsentStore(storageJournal(deviceStorage(), scope), deviceShelf(connection.scope));
    const outbox = new Outbox({ connection, store, tab });
    const changer = new TabLock(this.changes.tabId, `parley.changes.${connection.scope}.`, navigator.locks ?? null);
    const kept = new KeptTimelines({ connection, timelines, accountId: this.viewer.id });
    const stops = [
      connection.onChanges((change) => this.takeChange(change)),
      connection.onEpoch(() => {
        timelines.startNewLife();
        this.threads.startNewLife();
      }),
      connection.on("channel:left", ({ channelId }) => {
        timelines.forget(channelId);
        for (const threadId of this.threadsIn(channelId)) this.threads.forget(threadId);
      }),
      outbox.on("pending", (unsent) => this.showPending(unsent)),
      outbox.on("sent", (message) => this.showSent(message)),
      outbox.on("failed", (unsent) => this.showFailed(unsent)),
      outbox.on("discarded", (unsent) => this.tellStreams(unsent, { type: "discarded", id: unsent.id })),
      this.changes.on("made", (message) => this.showMade(message)),
      kept.start(),
    ];
    const leave = () => {
      outbox.leave();
      this.changes.leave();
    };
    window.addEventListener("pagehide", leave);
    tab.hold();
    outbox.start();
    changer.hold();
    this.changes.start(changer);
    this.outbox = outbox;
    this.kept = kept;
    return () => {
      window.removeEventListener("pagehide", leave);
      this.changes.stop();
      changer.letGo();
      outbox.stop();
      tab.letGo();
      this.outbox = null;
      this.kept = null;
      for (const stop of stops) stop();
    };
  }

  /** Notes that somebody looks at the channel. */
  readonly see = (channelId: string): void => this.kept?.see(channelId);

  /**
   * Draws a message at once and sends it as soon as there is a connection and the time to take it back is over. A reply
   * may stand in the channel too.
   */
  send(stream: Stream, body: string, inChannel = false): void {
    const seconds = readUndoWindow(deviceStorage(), this.viewer.id);
    const wait = seconds === 0 ? {} : { sendAt: Date.now() + seconds * 1000 };
    const message = { ...stream, id: newId(), inChannel, body, writtenAt: new Date().toISOString(), failure: null };
    this.outbox?.add({ ...message, ...wait });
  }

  stateOf(stream: Stream): TimelineState {
    return this.timelinesOf(stream).get(streamKey(stream));
  }

  subscribe(stream: Stream, watcher: () => void): () => void {
    return this.timelinesOf(stream).subscribe(streamKey(stream), watcher);
  }

  dispatch(stream: Stream, fact: TimelineFact): void {
    this.timelinesOf(stream).dispatch(streamKey(stream), fact);
  }

  /** Takes a message back that waits to be sent: its text is in the composer again. */
  readonly takeBack = (id: string): void => {
    const unsent = this.outbox?.takeBack(id) ?? null;
    if (unsent !== null) this.desk.put(unsent.threadId ?? unsent.channelId, unsent.body);
  };

  readonly retry = (id: string): void => this.outbox?.retry(id);

  readonly discard = (id: string): void => this.outbox?.discard(id);

  /** Asks for one more page of a stream, unless that page is asked for already. `around` is a place in it. */
  async load(stream: Stream, edge: Edge, around = 0): Promise<void> {
    const { messages, loading, life } = this.stateOf(stream);
    if (loading[edge]) return;
    this.dispatch(stream, { type: "asked", edge });
    const first = messages[0]?.seq ?? 1;
    const last = messages.at(-1)?.seq ?? 0;
    const range = {
      older: { before: first, limit: PAGE },
      newer: { after: last, limit: PAGE },
      newest: { limit: FIRST_PAGE },
      around: { around, limit: PAGE },
    }[edge];
    try {
      const { channelId, threadId } = stream;
      const payload = { channelId, ...(threadId && { threadId }), ...range };
      const answer = await this.connection.ask("history", payload);
      const page = isThreadPage(answer) ? asStream(answer) : answer;
      this.dispatch(stream, { type: "page", edge, page, life, beside: edge === "older" ? first : last });
      // Afterwards: what came in ahead of the page is told at once, and must find the page in its place.
      this.connection.setCursor(channelId, page.version);
    } catch (error) {
      const sentence = isRefusal(error) ? error.message : "The messages could not be loaded.";
      this.dispatch(stream, { type: "unanswered", edge, sentence, life });
    }
  }

  private timelinesOf({ threadId }: Stream): Timelines {
    return threadId === null ? this.timelines : this.threads;
  }

  private threadsIn(channelId: string): string[] {
    return this.threads.channelIds().filter((id) => this.threads.get(id).messages[0]?.channelId === channelId);
  }

  private takeChange(change: Change): void {
    const { channelId, to, messages, reset } = change;
    const { timelines } = this;
    this.takeThreadChanges(change);
    if (!reset) timelines.dispatch(channelId, { type: "changes", to, messages });
    else if (timelines.isWatched(channelId)) timelines.dispatch(channelId, { type: "reset", to });
    else if (timelines.get(channelId).cursor !== null) {
      // Nobody's place is lost where nobody looks: the newest page takes the place of what was held.
      const page = { messages, hasOlder: (messages[0]?.seq ?? 1) > 1, hasNewer: false, version: to };
      timelines.dispatch(channelId, { type: "page", edge: "newest", page, life: timelines.get(channelId).life });
    }
  }

  private takeThreadChanges({ channelId, to, messages, reset }: Change): void {
    const { threads } = this;
    for (const id of reset ? this.threadsIn(channelId) : []) {
      if (threads.isWatched(id)) threads.dispatch(id, { type: "reset", to });
      else threads.forget(id);
    }
    if (reset) return;
    for (const id of threads.channelIds()) {
      const changed = messages.filter((message) => message.threadId === id || message.id === id).map(inThread);
      if (changed.length > 0) threads.dispatch(id, { type: "changes", to, messages: changed });
    }
  }

  /** Tells the stream that an unsent message belongs to, and the channel too where it is to stand there as well. */
  private tellStreams({ channelId, threadId = null, inChannel }: Unsent, fact: TimelineFact): void {
    this.dispatch({ channelId, threadId }, fact);
    if (threadId !== null && inChannel === true) this.dispatch({ channelId, threadId: null }, fact);
  }

  private showPending(unsent: Unsent): void {
    const { failure: _, ...message } = unsent;
    this.tellStreams(unsent, { type: "pending", message });
  }

  private showMade(message: MessageView): void {
    const { id, channelId } = message;
    this.dispatch({ channelId, threadId: null }, { type: "changed", message });
    const threadId = message.threadId ?? id;
    if (this.threads.channelIds().includes(threadId))
      this.dispatch({ channelId, threadId }, { type: "changed", message: inThread(message) });
  }

  private showSent(message: MessageView): void {
    const { channelId, threadId } = message;
    if (threadId !== null) this.dispatch({ channelId, threadId }, { type: "acked", message: inThread(message) });
    if (isPlaced(message)) this.dispatch({ channelId, threadId: null }, { type: "acked", message });
  }

  private showFailed(unsent: Unsent): void {
    if (unsent.failure === null) return;
    this.showPending(unsent);
    this.tellStreams(unsent, { type: "failed", id: unsent.id, failure: unsent.failure });
  }
}

/** A page of a thread as a timeline takes it. Its first page begins with the message that began the thread. */
function asStream({ messages, root, ...page }: ThreadPage): MessagePage {
  return { ...page, messages: [...(page.hasOlder ? [] : [root]), ...messages].map(inThread) };
}
