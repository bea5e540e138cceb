import { COMMANDS } from "@/lib/messages/commands/commands";
import { type CompletionSource, MOST_SHOWN } from "@/lib/messages/completion/source";
import { fuzzyBest } from "@/lib/shared/fuzzy";

/** Commands, at the beginning of a text alone. */
export const COMMAND_NAMES: CompletionSource = {
  name: "Commands",
  queryAt(text, caret) {
    const name = /^\/([a-z]*)$/i.exec(text.slice(0, caret))?.[1];
    return name === undefined ? null : { at: 0, name, closed: false };
  },
  matching: (typed) =>
    fuzzyBest(COMMANDS, typed, ({ name }) => [name], MOST_SHOWN).map(({ name, takes, does }) => ({
      key: name,
      insert: `/${name}`,
      label: `/${name} ${takes}`.trim(),
      detail: does,
      symbol: "/",
    })),
};
