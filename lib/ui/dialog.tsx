"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

interface DialogProps {
  title: string;
  description?: string;
  /** Asked when it closes: true to give the focus back to what opened it, false to leave it where it was put. */
  returnsFocus?: () => boolean;
  /** What gets the focus when it closes, where that is not what opened it. */
  returnsFocusTo?: () => HTMLElement;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A window over the page, open while it is rendered. Escape, a press outside and the cross close it, and focus
 * returns to what opened it. Load it lazily: no page needs it before a press.
 */
export default function Dialog({
  title,
  description,
  returnsFocus = () => true,
  returnsFocusTo,
  onClose,
  children,
}: DialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          finalFocus={returnsFocusTo ?? returnsFocus}
          className="safe-bottom fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-md bg-raised shadow-float outline-none md:inset-x-auto md:start-1/2 md:top-[12dvh] md:bottom-auto md:max-h-[76dvh] md:w-full md:max-w-[30rem] md:-translate-x-1/2 md:rounded-md md:rtl:translate-x-1/2"
        >
          <div className="flex items-start gap-2 ps-5 pe-3 pt-3">
            <div className="min-w-0 grow pt-2">
              <Base.Title className="text-title font-semibold text-strong">{title}</Base.Title>
              {description === undefined ? null : (
                <Base.Description className="mt-1 text-meta text-muted">{description}</Base.Description>
              )}
            </div>
            <Base.Close
              aria-label="Close"
              className="inline-flex size-11 items-center justify-center rounded-sm text-muted transition-colors hover:bg-hover hover:text-strong md:size-8"
            >
              <X size={18} strokeWidth={1.75} aria-hidden="true" />
            </Base.Close>
          </div>
          <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-5">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
