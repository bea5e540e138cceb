import { useEffect, useState } from "react";
import { CodeToolbar } from "@/lib/messages/markdown/code-toolbar";
import type { Piece } from "@/lib/messages/markdown/highlight";
import { holdStill } from "@/lib/messages/markdown/hold-still";

const COLOURS: Record<string, string> = {
  keyword: "text-keyword",
  literal: "text-keyword",
  "meta-keyword": "text-keyword",
  string: "text-success",
  regexp: "text-success",
  addition: "text-success",
  number: "text-accent",
  attr: "text-accent",
  attribute: "text-accent",
  title: "text-accent",
  name: "text-accent",
  type: "text-accent",
  built_in: "text-accent",
  deletion: "text-danger",
  comment: "text-muted italic",
  quote: "text-muted italic",
};

/** What scrolls must be reachable by keyboard, though nothing in it is pressed. */
const REACHABLE = { tabIndex: 0 };

/** Code as it was typed. Colours come when the highlighter has been fetched; nothing moves when they do. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const pieces = usePieces(language, text);
  const [wraps, setWraps] = useState(false);
  const named = language !== "";
  const turn = (button: Element) => holdStill(button, () => setWraps(!wraps));
  return (
    <div className="group/code relative my-1 max-w-full rounded-sm border border-hairline bg-surface">
      <div className={named ? "flex items-center ps-3 pe-0.5" : "absolute end-0.5 top-0.5"}>
        {named ? <span className="min-w-0 grow truncate text-small text-muted">{language}</span> : null}
        <CodeToolbar text={text} wraps={wraps} onWrap={turn} shy={!named} />
      </div>
      <pre
        dir="ltr"
        {...REACHABLE}
        className={`max-h-96 overflow-auto ps-3 pb-2 font-mono text-meta text-strong ${wraps ? "whitespace-pre-wrap" : ""} ${named ? "pe-3" : "min-h-12 pe-24 pt-2 md:min-h-9 md:pe-18"}`}
      >
        <code>{pieces === null ? text : pieces.map(coloured)}</code>
      </pre>
    </div>
  );
}

function coloured({ text, kind }: Piece, index: number) {
  const colour = kind === null ? undefined : COLOURS[kind];
  return colour === undefined ? (
    text
  ) : (
    <span key={`${index}`} className={colour}>
      {text}
    </span>
  );
}

function usePieces(language: string, text: string): Piece[] | null {
  const [pieces, setPieces] = useState<Piece[] | null>(null);
  useEffect(() => {
    let current = true;
    if (language === "") return;
    import("@/lib/messages/markdown/highlight").then(
      ({ highlight }) => {
        if (current) setPieces(highlight(text, language));
      },
      () => {
        // Without the highlighter the code is plain, which is how it stands already.
      },
    );
    return () => {
      current = false;
    };
  }, [language, text]);
  return pieces;
}
