"use client";

import { Bookmark } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const SavedDialog = lazy(() => import("@/lib/saved/components/saved-dialog"));

/** Leads to what one has saved for later, from the sidebar. `onGo` is told when a message in it was gone to. */
export function SavedButton({ onGo }: { onGo: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="target flex w-full items-center gap-2 rounded-sm px-2 text-message text-muted transition-colors hover:bg-hover hover:text-strong"
      >
        <Bookmark size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
        Saved
      </button>
      <Suspense fallback={null}>{open ? <SavedDialog onGo={onGo} onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
