import { ChevronLeft, X } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { IconButton } from "@/lib/ui/icon-button";

interface SidePanelProps {
  title: string;
  subtitle?: string;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A column at the end of the screen, and a page of its own on a phone. Escape closes it. */
export function SidePanel({ title, subtitle, actions, onClose, children }: SidePanelProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <section
      aria-label={title}
      onKeyDown={onKeyDown}
      className="safe-top safe-bottom z-10 flex min-w-0 shrink-0 flex-col bg-canvas max-md:fixed max-md:inset-0 md:w-96 md:border-s md:border-hairline xl:w-105"
    >
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-hairline ps-1 pe-2 md:h-12 md:ps-4">
        <IconButton label="Back to the channel" tip="belowStart" onClick={onClose} className="md:hidden">
          <ChevronLeft size={22} strokeWidth={1.75} aria-hidden="true" className="rtl:-scale-x-100" />
        </IconButton>
        <h2 className="font-semibold text-strong">{title}</h2>
        <bdi className="min-w-0 grow truncate ps-1 text-meta text-muted">{subtitle}</bdi>
        {actions}
        <IconButton label="Close" shortcut="Escape" tip="belowEnd" onClick={onClose} className="max-md:hidden">
          <X size={16} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </section>
  );
}
