"use client";

import { type KeyboardEvent, type RefObject, useState } from "react";

export interface GridEmoji {
  /** What is chosen and shown. */
  symbol: string;
  label: string;
}

interface EmojiGridProps {
  grid: RefObject<HTMLDivElement | null>;
  name: string;
  emoji: readonly GridEmoji[];
  onChoose: (symbol: string) => void;
  /** Told which one the pointer or the focus is on. */
  onLook: (emoji: GridEmoji) => void;
  /** Up from the first row. */
  onLeave: () => void;
}

const COLUMNS = 8;

/** Roles of a grid without the elements of a table, whose layout they would bring. */
const ROW = { role: "row" };
const CELL = { role: "gridcell" };
const gridNamed = (name: string, onKeyDown: (event: KeyboardEvent) => void) => ({
  role: "grid",
  "aria-label": name,
  onKeyDown,
});

/** Emoji in rows of eight. One tab stop; the arrows, Home and End go through it. */
export function EmojiGrid({ grid, name, emoji, onChoose, onLook, onLeave }: EmojiGridProps) {
  const [current, setCurrent] = useState(0);
  const stop = Math.min(current, emoji.length - 1);
  const rows = Array.from({ length: Math.ceil(emoji.length / COLUMNS) }, (_, row) =>
    emoji.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const cells = [...(grid.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = cells.findIndex((cell) => cell.contains(document.activeElement));
    const rtl = grid.current?.matches(":dir(rtl)") === true;
    const next = nextCell(event.key, at, cells.length, rtl);
    if (next === null) return;
    event.preventDefault();
    if (next < 0) onLeave();
    else cells[next]?.focus();
  };

  return (
    <div ref={grid} {...gridNamed(name, onKeyDown)}>
      {rows.map((cells, row) => (
        <div key={cells[0]?.symbol} {...ROW} className="grid grid-cols-8">
          {cells.map((one, column) => {
            const place = row * COLUMNS + column;
            return (
              <div key={one.symbol} {...CELL} className="contents">
                <button
                  type="button"
                  aria-label={one.label}
                  tabIndex={place === stop ? 0 : -1}
                  onFocus={() => {
                    setCurrent(place);
                    onLook(one);
                  }}
                  onPointerEnter={() => onLook(one)}
                  onClick={() => onChoose(one.symbol)}
                  className="inline-flex h-11 items-center justify-center rounded-sm text-[1.375rem]/none hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 md:h-9"
                >
                  {one.symbol}
                </button>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** Where a key leads from a cell; -1 out of the grid, null for a key that leads nowhere. */
function nextCell(key: string, at: number, count: number, rtl: boolean): number | null {
  const clamp = (to: number) => Math.max(0, Math.min(count - 1, to));
  switch (key) {
    case "ArrowRight":
      return clamp(at + (rtl ? -1 : 1));
    case "ArrowLeft":
      return clamp(at + (rtl ? 1 : -1));
    case "ArrowDown":
      return clamp(at + COLUMNS);
    case "ArrowUp":
      return at < COLUMNS ? -1 : at - COLUMNS;
    case "Home":
      return at - (at % COLUMNS);
    case "End":
      return clamp(at - (at % COLUMNS) + COLUMNS - 1);
    default:
      return null;
  }
}
