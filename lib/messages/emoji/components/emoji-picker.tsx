"use client";

import {
  Apple,
  Clock,
  Flag,
  Hash,
  Leaf,
  Lightbulb,
  type LucideIcon,
  PersonStanding,
  Plane,
  Smile,
  Trophy,
} from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type CatalogueEmoji, type Category, findEmoji, inTone, loadCatalogue } from "@/lib/messages/emoji/catalogue";
import { EmojiGrid, type GridEmoji } from "@/lib/messages/emoji/components/emoji-grid";
import { SkinTones } from "@/lib/messages/emoji/components/skin-tones";
import { frequentEmoji, keepSkinTone, noteEmoji, readSkinTone } from "@/lib/messages/emoji/recent-emoji";
import { deviceStorage } from "@/lib/realtime/browser/unsent-places";

const RECENT = "Recent";
const TABS: readonly [name: string, Icon: LucideIcon][] = [
  [RECENT, Clock],
  ["Smileys", Smile],
  ["People", PersonStanding],
  ["Nature", Leaf],
  ["Food", Apple],
  ["Travel", Plane],
  ["Activities", Trophy],
  ["Objects", Lightbulb],
  ["Symbols", Hash],
  ["Flags", Flag],
];
const SHOWN_RECENT = 32;

/** All emoji: searched by name, or looked through by category. The focus begins in the search. */
export function EmojiPicker({ onChoose }: { onChoose: (symbol: string) => void }) {
  const [catalogue, setCatalogue] = useState<readonly Category[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [sought, setSought] = useState("");
  const [tab, setTab] = useState(RECENT);
  const [tone, setTone] = useState(() => readSkinTone(deviceStorage()));
  const [looked, setLooked] = useState<GridEmoji | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  useEffect(() => {
    loadCatalogue().then(setCatalogue, () => setFailed(true));
  }, []);

  const drawn = (emoji: CatalogueEmoji): GridEmoji => ({ symbol: inTone(emoji, tone), label: emoji.label });
  const shown = catalogue === null ? [] : emojiOf(catalogue, sought, tab, drawn);

  const choose = (symbol: string) => {
    noteEmoji(deviceStorage(), symbol);
    onChoose(symbol);
  };

  const onSearchKey = (event: KeyboardEvent) => {
    const [first] = shown;
    if (event.key === "Enter") {
      event.preventDefault();
      if (first !== undefined) choose(first.symbol);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      grid.current?.querySelector<HTMLElement>("button")?.focus();
    }
  };

  return (
    <div className="flex min-h-0 flex-col">
      <input
        ref={search}
        type="search"
        aria-label="Search emoji"
        placeholder="Search emoji"
        autoComplete="off"
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
        onKeyDown={onSearchKey}
        className="h-11 w-full rounded-sm border border-field bg-raised px-3 text-[1rem] text-strong outline-none placeholder:text-muted focus:border-accent md:h-9 md:text-message"
      />
      <fieldset aria-label="Categories" className="mt-1 flex justify-between border-0 p-0">
        {TABS.map(([name, Icon]) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            aria-pressed={sought === "" && tab === name}
            title={name}
            onClick={() => {
              setSought("");
              setTab(name);
            }}
            className={`inline-flex h-11 min-w-0 grow items-center justify-center rounded-sm hover:bg-hover hover:text-strong md:h-8 ${sought === "" && tab === name ? "bg-active text-strong" : "text-muted"}`}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          </button>
        ))}
      </fieldset>
      <div className="mt-1 h-64 overflow-y-auto overscroll-contain">
        {failed ? (
          <p className="p-3 text-meta text-muted">The emoji could not be loaded. Close this and try again.</p>
        ) : null}
        {catalogue === null || shown.length > 0 ? null : (
          <p role="status" className="p-3 text-meta text-muted">
            No emoji is called “{sought}”.
          </p>
        )}
        <EmojiGrid
          key={sought === "" ? tab : sought}
          grid={grid}
          name={sought === "" ? tab : "Found"}
          emoji={shown}
          onChoose={choose}
          onLook={setLooked}
          onLeave={() => search.current?.focus()}
        />
      </div>
      <div className="mt-1 flex items-center gap-2 border-t border-hairline pt-2">
        <p aria-hidden="true" className="min-w-0 grow truncate text-meta text-muted">
          {looked === null ? "" : `${looked.symbol} ${looked.label}`}
        </p>
        <SkinTones
          tone={tone}
          onTone={(next) => {
            setTone(next);
            keepSkinTone(deviceStorage(), next);
          }}
        />
      </div>
    </div>
  );
}

function emojiOf(
  catalogue: readonly Category[],
  sought: string,
  tab: string,
  drawn: (emoji: CatalogueEmoji) => GridEmoji,
): GridEmoji[] {
  if (sought.trim() !== "") return findEmoji(catalogue, sought).map(drawn);
  if (tab !== RECENT) return catalogue.find(({ name }) => name === tab)?.emoji.map(drawn) ?? [];
  const labels = new Map(
    catalogue.flatMap(({ emoji }) =>
      emoji.flatMap(({ symbol, tones, label }) => [symbol, ...tones].map((one) => [one, label] as const)),
    ),
  );
  return frequentEmoji(deviceStorage(), SHOWN_RECENT).map((symbol) => ({
    symbol,
    label: labels.get(symbol) ?? symbol,
  }));
}
