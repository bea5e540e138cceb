import { Check, Copy, WrapText } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "@/lib/ui/icon-button";

const SAID_MS = 1_500;

interface CodeToolbarProps {
  text: string;
  wraps: boolean;
  onWrap: (button: Element) => void;
  /** Whether it is there only while the block is pointed at or focused. */
  shy: boolean;
}

/** What one does with a block of code: break its long lines, and copy it. */
export function CodeToolbar({ text, wraps, onWrap, shy }: CodeToolbarProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const there = shy
    ? "opacity-0 group-hover/code:opacity-100 focus-within:opacity-100 [@media(hover:none)]:opacity-100"
    : "";
  return (
    <div className={`flex ${there}`}>
      <IconButton
        label="Wrap lines"
        tip="belowEnd"
        aria-pressed={wraps}
        onClick={(event) => onWrap(event.currentTarget)}
        className={wraps ? "bg-active text-strong" : "bg-surface"}
      >
        <WrapText aria-hidden="true" size={16} strokeWidth={1.75} />
      </IconButton>
      <IconButton label={copied ? "Copied" : "Copy"} tip="belowEnd" onClick={copy} className="bg-surface">
        {copied ? (
          <Check aria-hidden="true" size={16} strokeWidth={1.75} />
        ) : (
          <Copy aria-hidden="true" size={16} strokeWidth={1.75} />
        )}
      </IconButton>
    </div>
  );
}
