"use client";

import { Ellipsis, SmilePlus } from "lucide-react";
import { type RefObject, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { ACTION_GROUPS, type ActionTarget, type MessageAction } from "@/lib/messages/actions/message-action";
import type { MessageDesk } from "@/lib/messages/desk";
import { useDesk, useIsEditing, useRowActive, useRowList } from "@/lib/messages/desk.hooks";
import type { MessageView } from "@/lib/messages/message.events";
import type { RowFocus } from "@/lib/messages/row-focus.store";
import { moveAmongButtons } from "@/lib/ui/arrow-keys";
import { IconButton } from "@/lib/ui/icon-button";
import { MenuButton, type MenuGroup } from "@/lib/ui/menu";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

/** The tools of one message, there while the pointer or the focus is on its row. They lie over it and move nothing. */
export function RowTools({ message }: { message: MessageView }) {
  const desk = useDesk();
  const list = useRowList();
  const active = useRowActive(message.id);
  const editing = useIsEditing(message.id);
  if (desk === null || list === null || !active || editing) return null;
  const target = desk.targetOf(message, list.stream);
  const actions = desk.actionsFor(target);
  if (actions.length === 0) return null;
  return <Toolbar desk={desk} focus={list.focus} target={target} actions={actions} />;
}

interface ToolbarProps {
  desk: MessageDesk;
  focus: RowFocus;
  target: ActionTarget;
  actions: MessageAction[];
}

function Toolbar({ desk, focus, target, actions }: ToolbarProps) {
  const { message } = target;
  const bar = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  useFocusKeptInRow(bar);
  const picking = useSyncExternalStore(
    desk.picker.subscribe,
    () => desk.picker.get()?.row?.messageId === message.id,
    () => false,
  );

  const react = desk.mayReact(message);
  const direct = actions.filter(({ place }) => place === "toolbar");
  const stop = (place: number) => ({ tabIndex: place === current ? 0 : -1, onFocus: () => setCurrent(place) });
  const first = react ? 1 : 0;

  const openPicker = (anchor: HTMLElement) =>
    desk.picker.tell({
      anchor,
      row: { focus, messageId: message.id },
      onChoose: (emoji) => desk.toggleReaction(message, emoji),
    });

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Message actions"
      onKeyDown={(event) => moveAmongButtons(event, bar.current)}
      className="absolute end-4 -top-4 z-20 flex rounded-sm bg-raised p-0.5 shadow-float [@media(hover:none)]:hidden"
    >
      {react ? (
        <IconButton
          label="Add a reaction"
          shortcut="R"
          tip="above"
          aria-haspopup="dialog"
          aria-expanded={picking}
          {...stop(0)}
          onClick={(event) => openPicker(event.currentTarget)}
        >
          <SmilePlus {...ICON} />
        </IconButton>
      ) : null}
      {direct.map((action, index) => (
        <IconButton
          key={action.name}
          label={action.label(target)}
          tip="above"
          {...(action.shortcut === undefined ? {} : { shortcut: action.shortcut })}
          {...stop(first + index)}
          onClick={() => desk.run(action, target)}
        >
          <action.Icon {...ICON} />
        </IconButton>
      ))}
      <MenuButton
        aria-label="More actions"
        title="More actions"
        groups={menuOf(desk, target, actions)}
        onOpenChange={(open) => (open ? focus.hold(message.id) : focus.release())}
        {...stop(first + direct.length)}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-muted transition-colors hover:bg-hover hover:text-strong aria-expanded:bg-hover md:size-8"
      >
        <Ellipsis {...ICON} />
      </MenuButton>
    </div>
  );
}

/** As they stand on the keys, where that is shorter. */
const KEY_NAMES: Record<string, string> = { Delete: "Del" };

function menuOf(desk: MessageDesk, target: ActionTarget, actions: MessageAction[]): MenuGroup[] {
  return ACTION_GROUPS.map((group) => ({
    items: actions
      .filter((action) => action.group === group && action.place === "menu")
      .map((action) => ({
        label: action.label(target),
        icon: <action.Icon {...ICON} />,
        danger: action.danger === true,
        takesFocus: action.takesFocus === true,
        ...(action.shortcut === undefined ? {} : { shortcut: KEY_NAMES[action.shortcut] ?? action.shortcut }),
        onSelect: () => desk.run(action, target),
      })),
  })).filter(({ items }) => items.length > 0);
}

/** Tools that go while they have the focus leave it to their row. */
function useFocusKeptInRow(bar: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const tools = bar.current;
    return () => {
      if (tools?.contains(document.activeElement)) tools.closest<HTMLElement>("[data-message-id]")?.focus();
    };
  }, [bar]);
}
