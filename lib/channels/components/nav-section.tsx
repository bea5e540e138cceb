import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface NavSectionProps {
  title: string;
  /** Put away, but for what is given as children. */
  folded: boolean;
  onFold: () => void;
  tools?: ReactNode;
  children: ReactNode;
}

/** A part of the list of channels, to be opened and put away. */
export function NavSection({ title, folded, onFold, tools, children }: NavSectionProps) {
  return (
    <section aria-label={title}>
      <div className="flex min-h-8 items-center">
        <h2 className="min-w-0 grow">
          <button
            type="button"
            aria-expanded={!folded}
            onClick={onFold}
            className="target flex min-h-7 w-full items-center gap-1 rounded-sm px-1 text-small font-medium text-muted hover:text-strong"
          >
            <ChevronRight
              size={14}
              strokeWidth={1.75}
              aria-hidden="true"
              className={`shrink-0 transition-transform ${folded ? "rtl:-scale-x-100" : "rotate-90"}`}
            />
            <bdi className="truncate">{title}</bdi>
          </button>
        </h2>
        {tools}
      </div>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  );
}
