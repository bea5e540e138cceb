import { type CompletionSource, MOST_SHOWN, type Query } from "@/lib/messages/completion/source";
import { fuzzyBest } from "@/lib/shared/fuzzy";

interface Linkable {
  id: string;
  name: string;
  topic: string;
}

const TYPED = /(?:^|[\s(])#([\p{L}\p{N}\p{M}._-]{0,80})$/u;

function queryAt(text: string, caret: number): Query | null {
  const name = TYPED.exec(text.slice(Math.max(0, caret - 90), caret))?.[1];
  return name === undefined ? null : { at: caret - name.length - 1, name, closed: false };
}

/** The channels that one may link to. */
export function channelsSource(channels: () => Iterable<Linkable>): CompletionSource {
  return {
    name: "Channels",
    queryAt,
    matching: (name) =>
      fuzzyBest(channels(), name, (one) => [one.name], MOST_SHOWN).map((one) => ({
        key: one.id,
        insert: `#${one.name}`,
        label: one.name,
        detail: one.topic,
        symbol: "#",
      })),
  };
}
