import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { holdStill } from "@/lib/messages/markdown/hold-still";

/** A long text, of which the beginning is shown until more is asked for. */
export function Folded({ open, children }: { open: boolean; children: ReactNode }) {
  const id = useId();
  const [unfolded, setUnfolded] = useState(open);
  const [fits, setFits] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const folded = !unfolded && !fits;

  // On a very wide screen it may be short after all.
  useLayoutEffect(() => {
    const area = box.current;
    if (area !== null && folded && area.scrollHeight <= area.clientHeight) setFits(true);
  }, [folded]);

  const turn = () => {
    // Unfolding grows downwards from where the message begins; folding closes up to the button that was pressed.
    const still = folded ? box.current : button.current;
    if (still !== null) holdStill(still, () => setUnfolded(folded));
  };

  /** The keyboard and the browser's search reach behind the fold, and the browser scrolls there: nothing stays cut. */
  const onScroll = () => {
    const area = box.current;
    if (area === null || !folded || area.scrollTop === 0) return;
    const reached = document.activeElement;
    flushSync(() => setUnfolded(true));
    if (reached !== null && area.contains(reached)) reached.scrollIntoView({ block: "nearest" });
  };

  return (
    <>
      <div
        ref={box}
        id={id}
        onScroll={onScroll}
        className={folded ? "max-h-80 overflow-hidden mask-b-from-[calc(100%-3rem)]" : ""}
      >
        {children}
      </div>
      {fits ? null : (
        <button
          ref={button}
          type="button"
          aria-expanded={!folded}
          aria-controls={id}
          onClick={turn}
          className="target rounded-sm text-meta font-medium text-accent hover:underline"
        >
          {folded ? "Show more" : "Show less"}
        </button>
      )}
    </>
  );
}
