import { type CompletionSource, MOST_SHOWN } from "@/lib/messages/completion/source";
import { loadEmoji, matching, queryAt } from "@/lib/messages/emoji/emoji";

/** Emoji by their names, fetched when they are first needed. */
export const EMOJI: CompletionSource = {
  name: "Emoji",
  queryAt,
  async matching(name) {
    const found = matching(await loadEmoji().catch(() => []), name).slice(0, MOST_SHOWN);
    return found.map((one) => ({ key: one.name, insert: one.symbol, label: `:${one.name}:`, symbol: one.symbol }));
  },
  async whole(name) {
    const index = await loadEmoji().catch(() => []);
    return index.find((one) => one.name === name.toLowerCase())?.symbol ?? null;
  },
  prepare(typed) {
    // A colon may begin a name, which is whole before its emoji are there unless they are fetched now.
    if (typed === ":") void loadEmoji().catch(() => []);
  },
};
