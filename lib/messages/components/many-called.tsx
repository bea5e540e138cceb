import { Button } from "@/lib/ui/button";

interface ManyCalledProps {
  people: number;
  onSend: () => void;
  onWait: () => void;
}

/** Asks before a message calls many people at once. */
export function ManyCalled({ people, onSend, onWait }: ManyCalledProps) {
  return (
    <div
      role="alertdialog"
      aria-label="Call everybody?"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onWait();
      }}
      className="absolute start-0 bottom-full z-30 mb-2 flex max-w-full flex-wrap items-center gap-3 rounded-md bg-raised p-3 text-meta shadow-float"
    >
      <p>This calls up to {people} people.</p>
      <Button look="primary" autoFocus onClick={onSend}>
        Send it
      </Button>
      <Button onClick={onWait}>Not yet</Button>
    </div>
  );
}
