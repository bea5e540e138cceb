"use client";

import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { EmojiPicker } from "@/lib/messages/emoji/components/emoji-picker";
import Dialog from "@/lib/ui/dialog";

interface EmojiPopoverProps {
  anchor: HTMLElement;
  /** Where the focus goes when it closes. */
  returnTo: HTMLElement;
  onChoose: (symbol: string) => void;
  onClose: () => void;
}

/** The emoji picker beside what opened it, and at the foot of a phone's screen. */
export default function EmojiPopover({ anchor, returnTo, onChoose, onClose }: EmojiPopoverProps) {
  const [wide] = useState(() => window.matchMedia("(min-width: 48rem)").matches);
  const choose = (symbol: string) => {
    onChoose(symbol);
    onClose();
  };
  if (!wide) {
    return (
      <Dialog title="Choose an emoji" returnsFocusTo={() => returnTo} onClose={onClose}>
        <EmojiPicker onChoose={choose} />
      </Dialog>
    );
  }
  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={4} align="end" collisionPadding={8} className="z-50">
          <Popover.Popup
            aria-label="Choose an emoji"
            finalFocus={() => (returnTo.isConnected ? returnTo : false)}
            className="w-88 max-w-[calc(100vw-1rem)] animate-rise rounded-md bg-raised p-2 shadow-float outline-none"
          >
            <EmojiPicker onChoose={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
