import { Eye } from "lucide-react";
import type { RefObject } from "react";
import { flushSync } from "react-dom";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import { IconButton } from "@/lib/ui/icon-button";

/** What scrolls must be reachable by keyboard, though nothing in it is pressed. */
const REACHABLE = { tabIndex: 0 };

/** What is being written as it will be read, in the place of the box that it is written in. */
export function DraftPreview({ text }: { text: string }) {
  return (
    <section
      {...REACHABLE}
      aria-label="Preview"
      className="max-h-[40dvh] min-h-11 basis-full overflow-y-auto px-2 py-2.5 md:min-h-9 md:py-1.5"
    >
      {text.trim() === "" ? (
        <p className="text-muted">Nothing is written yet.</p>
      ) : (
        <MessageBody body={text} unfolded />
      )}
    </section>
  );
}

interface PreviewButtonProps {
  box: RefObject<HTMLTextAreaElement | null>;
  shown: boolean;
  onShow: (shown: boolean) => void;
}

/** Turns from writing to the preview and back, where the caret is as it was. */
export function PreviewButton({ box, shown, onShow }: PreviewButtonProps) {
  const turn = (button: HTMLElement) => {
    flushSync(() => onShow(!shown));
    // The box that had the focus is gone, or is there again.
    if (shown) box.current?.focus({ preventScroll: true });
    else button.focus({ preventScroll: true });
  };
  return (
    <IconButton
      label="Preview"
      tip="above"
      aria-pressed={shown}
      onClick={(event) => turn(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !shown) return;
        event.stopPropagation();
        turn(event.currentTarget);
      }}
      className={shown ? "bg-active text-strong" : "invisible group-focus-within/composer:visible"}
    >
      <Eye aria-hidden="true" size={16} strokeWidth={1.75} />
    </IconButton>
  );
}
