import type { Completion } from "@/lib/messages/completion/source";

interface CompletionPopupProps {
  id: string;
  /** What the choices are. */
  name: string;
  choices: Completion[];
  active: number;
  onChoose: (index: number) => void;
}

/** The id of one choice, which the text box names as its active descendant. */
export function choiceId(popupId: string, index: number): string {
  return `${popupId}-${index}`;
}

/** What fits what is being typed. The focus stays in the text box. */
export function CompletionPopup({ id, name, choices, active, onChoose }: CompletionPopupProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={name}
      className="absolute start-0 bottom-full z-30 mb-2 w-80 max-w-full rounded-md bg-raised p-1 shadow-float"
    >
      {choices.map(({ key, symbol, label, detail }, index) => (
        <div
          key={key}
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
          {symbol === undefined ? null : (
            <span aria-hidden="true" className="w-5 shrink-0 text-center text-muted">
              {symbol}
            </span>
          )}
          <bdi className="truncate text-meta">{label}</bdi>
          {detail === undefined ? null : <bdi className="min-w-0 truncate text-small text-muted">{detail}</bdi>}
        </div>
      ))}
    </div>
  );
}
