import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
} from "react";
import type { ActionTarget } from "@/lib/messages/actions/message-action";
import type { MessageDesk } from "@/lib/messages/desk";
import { type RowList, useDesk } from "@/lib/messages/desk.hooks";
import type { MessageView } from "@/lib/messages/message.events";
import { streamKey } from "@/lib/messages/stream";

const LONG_PRESS_MS = 500;
/** A finger is never quite still. */
const STILL_PX = 10;

const ROW = "[data-message-id]";
/**
 * What a long press means nothing on. A browser takes a finger beside a button for one on it, so a button that stands
 * in every row is `data-holdable`: held, it is the row.
 */
const OWN_PRESS = "a, button:not([data-holdable]), input, textarea, select, summary, [role=toolbar]";

function rowAt(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(ROW) : null;
}

/**
 * How one gets at the tools of a row: by the pointer on it, by the keyboard (up and down go from row to row, Tab and
 * Enter into the tools, single letters do what the tools name), and by a long press on a touch screen. The handlers
 * go on the element around the rows; `messages` are what the rows show.
 */
export function useRowReach(content: RefObject<HTMLElement | null>, messages: readonly MessageView[], list: RowList) {
  const desk = useDesk();
  const { focus } = list;
  const shown = useRef(messages);
  useEffect(() => {
    shown.current = messages;
  });
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const pointerAt = useRef("");
  const cancelPress = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  useEffect(() => {
    const moved = ({ target }: Event) => {
      if (target instanceof Node && content.current?.contains(target) === false) focus.focus(null);
    };
    document.addEventListener("focusin", moved);
    return () => document.removeEventListener("focusin", moved);
  }, [content, focus]);
  if (desk === null) return {};

  const messageOf = (row: HTMLElement | null) =>
    shown.current.find(({ id }) => id === row?.getAttribute("data-message-id"));

  return {
    onPointerMove(event: PointerEvent) {
      const { clientX, clientY } = event;
      if (event.pointerType === "touch") {
        const held = press.current;
        if (held !== null && Math.hypot(clientX - held.x, clientY - held.y) > STILL_PX) cancelPress();
        return;
      }
      // Rows that scroll by under a resting pointer are told as movements too.
      const at = `${clientX} ${clientY}`;
      if (at === pointerAt.current) return;
      pointerAt.current = at;
      focus.hover(rowAt(event.target)?.getAttribute("data-message-id") ?? null);
    },
    onPointerLeave: () => focus.hover(null),
    onPointerDown(event: PointerEvent) {
      if (event.pointerType !== "touch" || !event.isPrimary) return cancelPress();
      if (event.target instanceof Element && event.target.closest(OWN_PRESS) !== null) return;
      const message = messageOf(rowAt(event.target));
      if (message === undefined) return;
      cancelPress();
      const timer = setTimeout(() => openSheet(desk, desk.targetOf(message, list.stream)), LONG_PRESS_MS);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerUp: cancelPress,
    onPointerCancel: cancelPress,
    onContextMenu(event: MouseEvent) {
      // The system's own answer to a long press would lie over the sheet.
      if (press.current !== null || desk.sheet.get() !== null) event.preventDefault();
    },
    onFocus(event: FocusEvent) {
      // A click puts the focus in a row too, and is not meant for its tools.
      if (event.target.matches(":focus-visible")) focus.focus(rowAt(event.target)?.dataset.messageId ?? null);
    },
    onBlur(event: FocusEvent) {
      if (event.relatedTarget === null || rowAt(event.relatedTarget) !== rowAt(event.target)) focus.focus(null);
    },
    onKeyDown(event: KeyboardEvent) {
      const row = rowAt(event.target);
      const message = messageOf(row);
      if (row === null || message === undefined || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest("textarea, input") !== null) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (act(desk, event, { row, message, content: content.current, list })) event.preventDefault();
    },
  };
}

function openSheet(desk: MessageDesk, target: ActionTarget): void {
  if (desk.actionsFor(target).length === 0) return;
  window.getSelection()?.removeAllRanges();
  // The finger is still down where the sheet's surroundings are now: lifting it is no press on those.
  document.addEventListener("touchend", swallow, { capture: true, once: true, passive: false });
  desk.sheet.tell(target);
}

function swallow(event: TouchEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

interface Pressed {
  row: HTMLElement;
  message: MessageView;
  content: HTMLElement | null;
  list: RowList;
}

/** What a key does on a row or in its tools. @returns whether it did anything */
function act(desk: MessageDesk, { key, target }: KeyboardEvent, { row, message, content, list }: Pressed) {
  const onRow = target === row;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const rows = [...(content?.querySelectorAll<HTMLElement>(ROW) ?? [])];
    const next = rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)];
    next?.focus();
    return next !== undefined;
  }
  if (key === "Escape") {
    if (onRow) desk.conversation.desk.focus(streamKey(list.stream));
    else row.focus();
    return true;
  }
  if (onRow && key === "Enter") {
    row.querySelector<HTMLElement>("[role=toolbar] button")?.focus();
    return true;
  }
  if (key.toUpperCase() === "R" && desk.mayReact(message)) {
    desk.picker.tell({
      anchor: row,
      row: { focus: list.focus, messageId: message.id },
      onChoose: (emoji) => desk.toggleReaction(message, emoji),
    });
    return true;
  }
  const aim = desk.targetOf(message, list.stream);
  const action = desk.actionsFor(aim).find(({ shortcut }) => shortcut?.toUpperCase() === key.toUpperCase());
  if (action !== undefined) desk.run(action, aim);
  return action !== undefined;
}
