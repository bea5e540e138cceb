import type { ComponentProps } from "react";

const TIP_AT = {
  below: "top-full mt-1 start-1/2 -translate-x-1/2 rtl:translate-x-1/2",
  belowEnd: "top-full mt-1 end-0",
  belowStart: "top-full mt-1 start-0",
  above: "bottom-full mb-1 start-1/2 -translate-x-1/2 rtl:translate-x-1/2",
} as const;

interface IconButtonProps extends ComponentProps<"button"> {
  /** The button's name, which its tooltip shows too. */
  label: string;
  shortcut?: string;
  tip?: keyof typeof TIP_AT;
}

/** A button with a picture on it, always with a name and a tooltip. */
export function IconButton({ label, shortcut, tip = "below", className = "", children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      {...(shortcut === undefined ? {} : { "aria-keyshortcuts": shortcut })}
      className={`group/tip relative inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-muted transition-colors hover:bg-hover hover:text-strong aria-expanded:bg-hover aria-expanded:text-strong md:size-8 ${className}`}
      {...rest}
    >
      {children}
      <span
        aria-hidden="true"
        className={`pointer-events-none invisible absolute z-30 rounded-sm bg-strong px-2 py-1 text-small font-medium whitespace-nowrap text-canvas opacity-0 transition-opacity delay-300 group-hover/tip:visible group-hover/tip:opacity-100 group-focus-visible/tip:visible group-focus-visible/tip:opacity-100 group-aria-expanded/tip:hidden [@media(hover:none)]:hidden ${TIP_AT[tip]}`}
      >
        {label}
        {shortcut === undefined ? null : <kbd className="ms-2 font-sans font-normal opacity-75">{shortcut}</kbd>}
      </span>
    </button>
  );
}
