import { MESSAGE_ACTIONS } from "@/lib/messages/actions/all";
import type { ActionTarget, ActionTools, DeskDialog, MessageAction } from "@/lib/messages/actions/message-action";
import type { Conversation } from "@/lib/messages/conversation";
import { reactionEmoji } from "@/lib/messages/emoji/reaction-emoji";
import type { MessageView } from "@/lib/messages/message.events";
import type { RowFocus } from "@/lib/messages/row-focus.store";
import { type Stream, streamKey } from "@/lib/messages/stream";
import { isRefusal } from "@/lib/shared/errors";
import { createStore, type Store } from "@/lib/shared/store";
import type { Role } from "@/lib/workspaces/workspace.events";

/** A place to choose an emoji from, and what happens with it. */
export interface PickerRequest {
  /** What was pressed, which the picker stands beside. */
  anchor: HTMLElement;
  /** Where the focus goes when it closes: the anchor, unless told. */
  returnTo?: HTMLElement;
  /** The row that it was opened from, whose tools stay meanwhile. */
  row: { focus: RowFocus; messageId: string } | null;
  onChoose: (emoji: string) => void;
}

/** The message that is being edited, the list in which it is, and where the focus goes afterwards. */
export interface Editing {
  messageId: string;
  stream: Stream;
  from: "composer" | "row";
}

/** What the surroundings know and the messages need. */
export interface Surroundings {
  viewer: () => { id: string; role: Role };
  nameOf: (accountId: string) => string;
  /** The path of a channel, whether it is closed to changes, and whether one may write to it. */
  channel: (channelId: string) => { path: string; archived: boolean; mayPost: boolean } | undefined;
  markUnread: (channelId: string, seq: number) => Promise<void>;
  navigate: (path: string) => void;
}

const UNDO_MS = 10_000;

const latest = <Value>(_: Value, next: Value): Value => next;
const slot = <Value>(): Store<Value | null, Value | null> => createStore<Value | null, Value | null>(latest, null);

/** All that one does with messages on this screen: what is offered, what is open, and what it works with. */
export class MessageDesk {
  readonly editing = slot<Editing>();
  readonly picker = slot<PickerRequest>();
  readonly sheet = slot<ActionTarget>();
  readonly dialog = slot<DeskDialog>();
  readonly notice = slot<string>();
  private extra: readonly MessageAction[] = [];

  constructor(
    readonly conversation: Conversation,
    private readonly around: Surroundings,
  ) {}

  /** Adds to the actions, ahead of those that are there for any message. The answer takes them away again. */
  offer(actions: readonly MessageAction[]): () => void {
    this.extra = [...this.extra, ...actions];
    return () => {
      this.extra = this.extra.filter((action) => !actions.includes(action));
    };
  }

  /** A message as actions see it; `stream` is the list that it is shown in, its channel unless told. */
  targetOf(message: MessageView, stream: Stream = { channelId: message.channelId, threadId: null }): ActionTarget {
    const { archived = true, mayPost = false } = this.around.channel(message.channelId) ?? {};
    return { message, stream, viewer: this.around.viewer(), archived, mayPost };
  }

  /** What can be done with a message just now. */
  actionsFor(target: ActionTarget): MessageAction[] {
    return [...this.extra, ...MESSAGE_ACTIONS].filter((action) => action.isOffered(target));
  }

  mayReact(message: MessageView): boolean {
    return message.deletedAt === null && this.around.channel(message.channelId)?.archived === false;
  }

  run(action: MessageAction, target: ActionTarget): void {
    void Promise.resolve(action.run(target, this.tools)).catch((error: unknown) => {
      this.say(isRefusal(error) ? error.message : "That did not work. Try again.");
    });
  }

  /** Puts one's reaction, or takes it back where it is there. */
  toggleReaction(message: MessageView, chosen: string): void {
    const emoji = reactionEmoji(chosen);
    if (emoji === null) return;
    const given = message.reactions.find((one) => one.emoji === emoji)?.accountIds.includes(this.around.viewer().id);
    this.tools.change(message, given === true ? "unreact" : "react", emoji);
  }

  isOwn({ authorId }: MessageView): boolean {
    return authorId === this.around.viewer().id;
  }

  nameOf(accountId: string): string {
    return this.around.nameOf(accountId);
  }

  say(sentence: string): void {
    this.notice.tell(sentence);
  }

  /** Shows a message in its place, wherever it stands. */
  async goTo(message: MessageView): Promise<void> {
    const { id, channelId, seq, threadId } = message;
    const { timelines } = this.conversation;
    const held = timelines.get(channelId).messages.some((one) => one.id === id);
    if (!held && seq !== null && threadId === null) {
      await this.conversation.load({ channelId, threadId: null }, "around", seq);
    }
    this.around.navigate(this.pathOf(message));
  }

  /** Opens one's last message of a stream for editing. @returns whether there is one */
  editLast(stream: Stream): boolean {
    const { messages, hasNewer } = this.conversation.stateOf(stream);
    const pending = this.conversation.changes.of(stream.channelId);
    const isGoing = (id: string) => pending.some(({ messageId, kind }) => messageId === id && kind === "delete");
    const last = messages.findLast(
      (message) => this.isOwn(message) && message.deletedAt === null && !isGoing(message.id),
    );
    if (hasNewer || last === undefined) return false;
    if (document.querySelector(`[data-message-id="${last.id}"]`) === null) void this.goTo(last);
    this.editing.tell({ messageId: last.id, stream, from: "composer" });
    return true;
  }

  private pathOf({ id, channelId, threadId }: MessageView): string {
    const path = this.around.channel(channelId)?.path ?? window.location.pathname;
    return `${path}?${threadId === null ? "" : `thread=${threadId}&`}m=${id}`;
  }

  readonly tools: ActionTools = {
    change: ({ id, channelId }, kind, text = "") =>
      this.conversation.changes.ask({
        kind,
        messageId: id,
        channelId,
        text,
        dueAt: kind === "delete" ? Date.now() + UNDO_MS : 0,
      }),
    edit: ({ message, stream }) => this.editing.tell({ messageId: message.id, stream, from: "row" }),
    insert: (stream, text) => this.conversation.desk.put(streamKey(stream), text),
    markUnread: async ({ channelId, seq }) => {
      if (seq !== null) await this.around.markUnread(channelId, seq);
    },
    open: (dialog) => this.dialog.tell(dialog),
    say: (sentence) => this.say(sentence),
    addressOf: (message) => `${window.location.origin}${this.pathOf(message)}`,
    nameOf: (accountId) => this.around.nameOf(accountId),
  };
}
