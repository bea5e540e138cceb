"use client";

import { SmilePlus } from "lucide-react";
import { useRef, useState } from "react";
import { useDesk, useRowList } from "@/lib/messages/desk.hooks";
import type { MessageView, ReactionView } from "@/lib/messages/message.events";
import { useConversation } from "@/lib/messages/message.hooks";
import { moveAmongButtons } from "@/lib/ui/arrow-keys";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const CHIP =
  "group/tip relative inline-flex min-h-9 items-center gap-1 rounded-full border px-2 text-meta tabular-nums transition-colors md:min-h-6 max-md:before:absolute max-md:before:inset-x-0 max-md:before:-inset-y-1 max-md:before:content-['']";

/** Who reacted with what: a chip for each emoji, and one more to add another. One tab stop; left and right go on. */
export function Reactions({ message }: { message: MessageView }) {
  const desk = useDesk();
  const list = useRowList();
  const row = useRef<HTMLFieldSetElement>(null);
  const [current, setCurrent] = useState(0);
  if (message.reactions.length === 0) return null;
  const mayReact = desk?.mayReact(message) === true;
  const last = mayReact ? message.reactions.length : message.reactions.length - 1;
  const stop = (place: number) => ({
    tabIndex: place === Math.min(current, last) ? 0 : -1,
    onFocus: () => setCurrent(place),
  });
  return (
    <fieldset
      ref={row}
      aria-label="Reactions"
      onKeyDown={(event) => moveAmongButtons(event, row.current)}
      className="m-0 flex min-w-0 flex-wrap gap-1 border-0 p-0 pt-1 pb-0.5"
    >
      {message.reactions.map((reaction, place) =>
        desk === null ? (
          <span key={reaction.emoji} className={`${CHIP} border-hairline bg-surface`}>
            <span aria-hidden="true">{reaction.emoji}</span> {reaction.accountIds.length}
          </span>
        ) : (
          <Chip
            key={reaction.emoji}
            reaction={reaction}
            disabled={!mayReact}
            onToggle={() => desk.toggleReaction(message, reaction.emoji)}
            {...stop(place)}
          />
        ),
      )}
      {desk !== null && mayReact ? (
        <button
          type="button"
          aria-label="Add a reaction"
          aria-haspopup="dialog"
          title="Add a reaction"
          {...stop(message.reactions.length)}
          onClick={(event) =>
            desk.picker.tell({
              anchor: event.currentTarget,
              row: list === null ? null : { focus: list.focus, messageId: message.id },
              onChoose: (emoji) => desk.toggleReaction(message, emoji),
            })
          }
          className={`${CHIP} border-hairline bg-surface text-muted hover:border-field hover:text-strong max-md:min-w-11 max-md:justify-center`}
        >
          <SmilePlus size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      ) : null}
    </fieldset>
  );
}

interface ChipProps {
  reaction: ReactionView;
  disabled: boolean;
  onToggle: () => void;
  tabIndex: number;
  onFocus: () => void;
}

function Chip({ reaction, disabled, onToggle, ...stop }: ChipProps) {
  const { viewer } = useConversation();
  const members = useWorkspace((state) => state.members);
  const { emoji, accountIds } = reaction;
  const own = accountIds.includes(viewer.id);
  const names = namesOf(accountIds, viewer.id, (id) => members.get(id)?.displayName ?? "Somebody");
  return (
    <button
      type="button"
      aria-pressed={own}
      aria-disabled={disabled || undefined}
      tabIndex={stop.tabIndex}
      onFocus={stop.onFocus}
      onClick={() => (disabled ? undefined : onToggle())}
      className={`${CHIP} max-md:min-w-11 max-md:justify-center ${own ? "border-accent bg-active font-medium text-strong" : "border-hairline bg-surface text-body hover:border-field"}`}
    >
      <span aria-hidden="true">{emoji}</span>
      <span aria-hidden="true">{accountIds.length}</span>
      <span className="sr-only">
        {emoji} {names}
      </span>
      <span
        aria-hidden="true"
        className="pointer-events-none invisible absolute start-0 bottom-full z-30 mb-1 w-max max-w-64 rounded-sm bg-strong px-2 py-1 text-start text-small font-medium text-canvas opacity-0 transition-opacity delay-300 group-hover/tip:visible group-hover/tip:opacity-100 group-focus-visible/tip:visible group-focus-visible/tip:opacity-100 [@media(hover:none)]:hidden"
      >
        {names}
      </span>
    </button>
  );
}

const MOST_NAMED = 20;

/** "You, Brook and 3 others". Oneself comes first. */
function namesOf(accountIds: string[], viewerId: string, nameOf: (id: string) => string): string {
  const others = accountIds.filter((id) => id !== viewerId).map(nameOf);
  const all = others.length < accountIds.length ? ["You", ...others] : others;
  const unnamed = all.length - MOST_NAMED;
  const named = unnamed > 0 ? [...all.slice(0, MOST_NAMED), unnamed === 1 ? "1 other" : `${unnamed} others`] : all;
  return new Intl.ListFormat("en").format(named);
}
