import { MESSAGE_ACTIONS } from "@/lib/messages/actions/all";
import type { ActionTarget, ActionTools, DeskDialog, MessageAction } from "@/lib/messages/actions/message-action";
import type { Conversation } from "@/lib/messages/conversation";
import { reactionEmoji } from "@/lib/messages/emoji/reaction-emoji";
import type { MessageView } from "@/lib/messages/message.events";
import { RowFocus } from "@/lib/messages/row-focus.store";
import { isRefusal } from "@/lib/shared/errors";
import { createStore, type Store } from "@/lib/shared/store";
import type { Role } from "@/lib/workspaces/workspace.events";

/** A place to choose an emoji from, and what happens with it. */
export interface PickerRequest {
  /** What was pressed, which the picker stands beside. */
  anchor: HTMLElement;
  /** Where the focus goes when it closes: the anchor, unless told. */
  returnTo?: HTMLElement;
  /** The row that it was opened from. */
  messageId: string | null;
  onChoose: (emoji: string) => void;
}

/** The message that is being edited, and where the focus goes afterwards. */
export interface Editing {
  messageId: string;
  from: "composer" | "row";
}

/** What the surroundings know and the messages need. */
export interface Surroundings {
  viewer: () => { id: string; role: Role };
  nameOf: (accountId: string) => string;
  /** The path of a channel, and whether it is closed to changes. */
  channel: (channelId: string) => { path: string; name: string; archived: boolean } | undefined;
  markUnread: (channelId: string, seq: number) => Promise<void>;
  navigate: (path: string) => void;
}

const UNDO_MS = 10_000;

const latest = <Value>(_: Value, next: Value): Value => next;
const slot = <Value>(): Store<Value | null, Value | null> => createStore<Value | null, Value | null>(latest, null);

/** All that one does with messages on this screen: what is offered, what is open, and what it works with. */
export class MessageDesk {
  readonly rows = new RowFocus();
  readonly editing = slot<Editing>();
  readonly picker = slot<PickerRequest>();
  readonly sheet = slot<MessageView>();
  readonly dialog = slot<DeskDialog>();
  readonly notice = slot<string>();
  private extra: readonly MessageAction[] = [];

  constructor(
    readonly conversation: Conversation,
    private readonly around: Surroundings,
  ) {}

  /** What later features add to the actions; theirs come first. */
  offer(actions: readonly MessageAction[]): void {
    this.extra = actions;
  }

  /** What can be done with a message just now. */
  actionsFor(message: MessageView): MessageAction[] {
    const target = this.targetOf(message);
    return [...this.extra, ...MESSAGE_ACTIONS].filter((action) => action.isOffered(target));
  }

  labelOf(action: MessageAction, message: MessageView): string {
    return action.label(this.targetOf(message));
  }

  mayReact(message: MessageView): boolean {
    return message.deletedAt === null && this.around.channel(message.channelId)?.archived === false;
  }

  run(action: MessageAction, message: MessageView): void {
    void Promise.resolve(action.run(this.targetOf(message), this.tools)).catch((error: unknown) => {
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
  async goTo({ id, channelId, seq, threadId }: MessageView): Promise<void> {
    const channel = this.around.channel(channelId);
    if (channel === undefined) return;
    const sought = seq === null ? threadId : id;
    const { timelines } = this.conversation;
    const held = timelines.get(channelId).messages.some((message) => message.id === sought);
    if (!held && seq !== null) await this.conversation.load(channelId, "around", seq);
    this.around.navigate(`${channel.path}?m=${sought}`);
  }

  /** Opens one's last message of a channel for editing. @returns whether there is one */
  editLast(channelId: string): boolean {
    const { messages, hasNewer } = this.conversation.timelines.get(channelId);
    const pending = this.conversation.changes.of(channelId);
    const isGoing = (id: string) => pending.some(({ messageId, kind }) => messageId === id && kind === "delete");
    const last = messages.findLast(
      (message) => this.isOwn(message) && message.deletedAt === null && !isGoing(message.id),
    );
    if (hasNewer || last === undefined) return false;
    if (document.querySelector(`[data-message-id="${last.id}"]`) === null) void this.goTo(last);
    this.editing.tell({ messageId: last.id, from: "composer" });
    return true;
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
    edit: ({ id }) => this.editing.tell({ messageId: id, from: "row" }),
    insert: ({ channelId }, text) => this.conversation.desk.put(channelId, text),
    markUnread: async ({ channelId, seq }) => {
      if (seq !== null) await this.around.markUnread(channelId, seq);
    },
    open: (dialog) => this.dialog.tell(dialog),
    say: (sentence) => this.say(sentence),
    addressOf: ({ id, channelId }) =>
      `${window.location.origin}${this.around.channel(channelId)?.path ?? window.location.pathname}?m=${id}`,
    nameOf: (accountId) => this.around.nameOf(accountId),
  };

  private targetOf(message: MessageView): ActionTarget {
    const archived = this.around.channel(message.channelId)?.archived ?? true;
    return { message, viewer: this.around.viewer(), archived };
  }
}
