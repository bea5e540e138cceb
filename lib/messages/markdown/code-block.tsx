import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import type { Piece } from "@/lib/messages/markdown/highlight";
import { IconButton } from "@/lib/ui/icon-button";

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

const SAID_MS = 1_500;

/** What scrolls must be reachable by keyboard, though nothing in it is pressed. */
const REACHABLE = { tabIndex: 0 };

/** Code as it was typed. Colours come when the highlighter has been fetched; nothing moves when they do. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const pieces = usePieces(language, text);
  return (
    <div className="group/code relative my-1 max-w-full">
      <pre
        dir="ltr"
        {...REACHABLE}
        className="max-h-96 min-h-12 overflow-auto md:min-h-9 rounded-sm border border-hairline bg-surface py-2 ps-3 pe-12 font-mono text-meta text-strong"
      >
        <code>{pieces === null ? text : pieces.map(coloured)}</code>
      </pre>
      <CopyButton text={text} />
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

function CopyButton({ text }: { text: string }) {
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
  return (
    <IconButton
      label={copied ? "Copied" : "Copy"}
      tip="belowEnd"
      onClick={copy}
      className="absolute! end-0.5 top-0.5 bg-surface opacity-0 group-hover/code:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:opacity-100"
    >
      {copied ? <Check aria-hidden="true" size={16} /> : <Copy aria-hidden="true" size={16} />}
    </IconButton>
  );
}
