import { Bold, Code, EyeOff, Italic, Link, List, ListOrdered, Quote, Strikethrough } from "lucide-react";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { type Format, format } from "@/lib/messages/compose/formatting";
import { IconButton } from "@/lib/ui/icon-button";

interface Tool {
  name: Format;
  label: string;
  shortcut?: string;
  Icon: typeof Bold;
}

const TOOLS: Tool[] = [
  { name: "bold", label: "Bold", shortcut: "Control+B", Icon: Bold },
  { name: "italic", label: "Italic", shortcut: "Control+I", Icon: Italic },
  { name: "strike", label: "Strikethrough", shortcut: "Control+Shift+X", Icon: Strikethrough },
  { name: "code", label: "Code", shortcut: "Control+E", Icon: Code },
  { name: "link", label: "Link", shortcut: "Control+K", Icon: Link },
  { name: "quote", label: "Quote", Icon: Quote },
  { name: "bullets", label: "Bulleted list", Icon: List },
  { name: "numbers", label: "Numbered list", Icon: ListOrdered },
  { name: "spoiler", label: "Spoiler", Icon: EyeOff },
];

/**
 * Formats what is selected in the text box. It has its place always, so that nothing moves when it shows with the
 * focus; it is one stop for the Tab key, and the arrows go from tool to tool.
 */
export function FormatBar({ box }: { box: RefObject<HTMLTextAreaElement | null> }) {
  const [current, setCurrent] = useState(0);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (current + step + TOOLS.length) % TOOLS.length;
    setCurrent(next);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div
      role="toolbar"
      aria-label="Formatting"
      onKeyDown={onKeyDown}
      className="invisible flex min-w-0 flex-1 max-md:overflow-x-auto group-focus-within/composer:visible [scrollbar-width:none]"
    >
      {TOOLS.map(({ name, label, shortcut, Icon }, index) => (
        <IconButton
          key={name}
          label={label}
          {...(shortcut === undefined ? {} : { shortcut })}
          tip="above"
          // A panel may be a little too narrow for all of them.
          className="md:shrink! md:min-w-6"
          tabIndex={index === current ? 0 : -1}
          onFocus={() => setCurrent(index)}
          // The text box keeps its focus and its selection.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            if (box.current !== null) format(box.current, name);
          }}
        >
          <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
        </IconButton>
      ))}
    </div>
  );
}
