"use client";

import { SmilePlus } from "lucide-react";
import { useRef } from "react";
import { ACTION_GROUPS, type ActionTarget } from "@/lib/messages/actions/message-action";
import type { MessageDesk } from "@/lib/messages/desk";
import { frequentEmoji } from "@/lib/messages/emoji/recent-emoji";
import { deviceStorage } from "@/lib/realtime/browser/unsent-places";
import Dialog from "@/lib/ui/dialog";

interface ActionSheetProps {
  desk: MessageDesk;
  target: ActionTarget;
  onClose: () => void;
}

const ICON = { size: 20, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What a long press opens: everything that can be done with a message, under the thumb. */
export default function ActionSheet({ desk, target, onClose }: ActionSheetProps) {
  const { message } = target;
  const actions = desk.actionsFor(target);
  const takesFocus = useRef(false);
  const row = () => document.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(message.id)}"]`);
  const react = (emoji: string) => {
    desk.toggleReaction(message, emoji);
    onClose();
  };
  const openPicker = () => {
    takesFocus.current = true;
    onClose();
    const anchor = row();
    if (anchor === null) return;
    desk.picker.tell({ anchor, row: null, onChoose: (emoji) => desk.toggleReaction(message, emoji) });
  };
  return (
    <Dialog
      title={`Message from ${desk.nameOf(message.authorId)}`}
      returnsFocus={() => !takesFocus.current}
      onClose={onClose}
    >
      {desk.mayReact(message) ? (
        <div className="-mt-2 mb-2 flex justify-between border-b border-hairline pb-3">
          {frequentEmoji(deviceStorage(), 5).map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-label={`React with ${emoji}`}
              onClick={() => react(emoji)}
              className="inline-flex size-11 items-center justify-center rounded-full bg-hover text-[1.375rem]"
            >
              {emoji}
            </button>
          ))}
          <button
            type="button"
            aria-label="Choose another emoji"
            onClick={openPicker}
            className="inline-flex size-11 items-center justify-center rounded-full bg-hover text-muted"
          >
            <SmilePlus {...ICON} />
          </button>
        </div>
      ) : null}
      <ul className="-mx-3">
        {ACTION_GROUPS.flatMap((group) => actions.filter((action) => action.group === group)).map((action) => (
          <li key={action.name}>
            <button
              type="button"
              onClick={() => {
                takesFocus.current = action.takesFocus === true;
                onClose();
                desk.run(action, target);
              }}
              className={`flex min-h-12 w-full items-center gap-3 rounded-sm px-3 text-start hover:bg-hover ${action.danger ? "text-danger" : "text-strong"}`}
            >
              <action.Icon {...ICON} className={action.danger ? "" : "text-muted"} />
              {action.label(target)}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
