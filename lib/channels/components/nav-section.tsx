import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface NavSectionProps {
  title: string;
  /** Begins put away. */
  closed?: boolean;
  tools?: ReactNode;
  children: ReactNode;
}

/** A part of the list of channels, to be opened and put away. */
export function NavSection({ title, closed = false, tools, children }: NavSectionProps) {
  return (
    <div className="relative">
      <details open={!closed} className="group">
        <summary className="target flex min-h-7 list-none items-center gap-1 rounded-sm px-1 text-small font-medium text-muted hover:text-strong">
          <ChevronRight
            size={14}
            strokeWidth={1.75}
            aria-hidden="true"
            className="shrink-0 transition-transform group-open:rotate-90 rtl:-scale-x-100"
          />
          <h2 className="truncate">
            <bdi>{title}</bdi>
          </h2>
        </summary>
        <ul className="flex flex-col gap-px">{children}</ul>
      </details>
      {tools === undefined ? null : <div className="absolute end-0 top-0 flex max-md:top-[-0.25rem]">{tools}</div>}
    </div>
  );
}
