"use client";

import { Smile } from "lucide-react";
import type { RefObject } from "react";
import { useDesk } from "@/lib/messages/desk.hooks";
import { IconButton } from "@/lib/ui/icon-button";

interface EmojiButtonProps {
  /** The text that the emoji goes into, which has the focus again afterwards. */
  box: RefObject<HTMLTextAreaElement | null>;
  onChoose: (emoji: string) => void;
}

/** Opens the emoji picker beside a composer. */
export function EmojiButton({ box, onChoose }: EmojiButtonProps) {
  const desk = useDesk();
  if (desk === null) return null;
  return (
    <IconButton
      label="Emoji"
      tip="above"
      aria-haspopup="dialog"
      onClick={({ currentTarget }) =>
        desk.picker.tell({ anchor: currentTarget, returnTo: box.current ?? currentTarget, row: null, onChoose })
      }
    >
      <Smile size={16} strokeWidth={1.75} aria-hidden="true" />
    </IconButton>
  );
}
