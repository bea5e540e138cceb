import type { Emoji } from "@/lib/messages/emoji/emoji";

interface EmojiPopupProps {
  id: string;
  emoji: Emoji[];
  active: number;
  onChoose: (index: number) => void;
}

/** The id of one choice, which the text box names as its active descendant. */
export function choiceId(popupId: string, index: number): string {
  return `${popupId}-${index}`;
}

/** The emoji that fit the name being typed. The focus stays in the text box. */
export function EmojiPopup({ id, emoji, active, onChoose }: EmojiPopupProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Emoji"
      className="absolute start-0 bottom-full z-30 mb-2 w-72 max-w-full rounded-md bg-raised p-1 shadow-float"
    >
      {emoji.map(({ name, symbol }, index) => (
        <div
          key={name}
          id={choiceId(id, index)}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(index);
          }}
          className={`flex min-h-11 cursor-pointer items-center gap-2 rounded-sm px-2 md:min-h-8 ${index === active ? "bg-active text-strong" : "hover:bg-hover"}`}
        >
          <span aria-hidden="true">{symbol}</span>
          <span className="truncate text-meta">:{name}:</span>
        </div>
      ))}
    </div>
  );
}
