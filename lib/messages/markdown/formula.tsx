import { createElement, type ReactNode, useEffect, useState } from "react";
import type { MathPart } from "@/lib/messages/markdown/mathml";

/** What scrolls must be reachable by keyboard, though nothing in it is pressed. */
const REACHABLE = { tabIndex: 0 };
/** A formula of more characters than this may be wider than a phone, and scrolls by itself. */
const SHORT = 40;

/** A formula in a line. Until the part that draws formulas has been fetched, and where it is no TeX, it stands as typed. */
export function Formula({ tex, display }: { tex: string; display: boolean }) {
  const parts = useMathml(tex, display);
  if (parts === null) return <Source>{display ? `$$${tex}$$` : `$${tex}$`}</Source>;
  if (tex.length <= SHORT) return parts.map(drawPart);
  return (
    <span {...REACHABLE} className="inline-block max-w-full overflow-x-auto overflow-y-hidden align-bottom">
      {parts.map(drawPart)}
    </span>
  );
}

/** A formula by itself. */
export function FormulaBlock({ tex }: { tex: string }) {
  const parts = useMathml(tex, true);
  return (
    <div {...REACHABLE} dir="ltr" className="w-fit max-w-full overflow-x-auto overflow-y-hidden py-1">
      {parts === null ? <Source>{`$$${tex}$$`}</Source> : parts.map(drawPart)}
    </div>
  );
}

function Source({ children }: { children: string }) {
  return <code className="font-mono text-meta whitespace-pre-wrap">{children}</code>;
}

function drawPart(part: MathPart, index: number): ReactNode {
  if (typeof part === "string") return part;
  return createElement(part.name, { key: `${index}`, ...part.attributes }, ...part.children.map(drawPart));
}

function useMathml(tex: string, display: boolean): MathPart[] | null {
  const [parts, setParts] = useState<MathPart[] | null>(null);
  useEffect(() => {
    let current = true;
    import("@/lib/messages/markdown/mathml").then(
      ({ mathmlOf }) => {
        if (current) setParts(mathmlOf(tex, display));
      },
      () => {
        // Without it the formula stands as it was typed, which it does already.
      },
    );
    return () => {
      current = false;
    };
  }, [tex, display]);
  return parts;
}
