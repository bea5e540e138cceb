import type { ComponentProps } from "react";
import { Spinner } from "@/lib/ui/spinner";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  quiet: "border border-field/60 bg-raised text-strong hover:bg-hover",
  plain: "text-strong hover:bg-hover",
  danger: "bg-danger text-on-danger hover:bg-danger/90",
} as const;

interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
  /** What was asked for is under way: a second press does nothing, focus and width stay. */
  busy?: boolean;
}

/** A button with a word on it. `type` is "button" unless said otherwise, so that none submits by accident. */
export function Button({ look = "quiet", busy = false, type = "button", className = "", ...rest }: ButtonProps) {
  const { children, onClick, ...others } = rest;
  return (
    <button
      type={type}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={`relative inline-flex min-h-11 shrink-0 items-center justify-center gap-2 rounded-sm px-4 text-message font-medium whitespace-nowrap transition-colors disabled:opacity-60 md:min-h-9 ${LOOKS[look]} ${className}`}
      {...others}
    >
      {busy ? <Spinner className="absolute start-2" /> : null}
      {children}
    </button>
  );
}
