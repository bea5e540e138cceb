import { type Completion, type CompletionSource, MOST_SHOWN, type Query } from "@/lib/messages/completion/source";
import { fuzzyBest } from "@/lib/shared/fuzzy";

export interface Callable {
  id: string;
  username: string;
  displayName: string;
}

/** What is typed behind an @: no space, so that a sentence does not stay a name. */
const TYPED = /(?:^|[^\p{L}\p{N}\p{M}_.@/-])@([\p{L}\p{N}\p{M}._-]{0,32})$/u;

const MANY: (Completion & { word: string })[] = [
  {
    word: "channel",
    key: "channel",
    insert: "@channel",
    label: "@channel",
    detail: "everybody in the channel",
    symbol: "@",
  },
  { word: "here", key: "here", insert: "@here", label: "@here", detail: "those who are online", symbol: "@" },
];

function queryAt(text: string, caret: number): Query | null {
  const name = TYPED.exec(text.slice(Math.max(0, caret - 40), caret))?.[1];
  return name === undefined ? null : { at: caret - name.length - 1, name, closed: false };
}

/** People, those who spoke lately first, and the words that call many where one may use them. */
export function peopleSource(
  people: () => Promise<Iterable<Callable>>,
  lately: () => string[],
  mayCallMany: boolean,
): CompletionSource {
  return {
    name: "People",
    queryAt,
    async matching(name) {
      const spoke = lately();
      const place = ({ id }: Callable) => (spoke.includes(id) ? spoke.indexOf(id) : spoke.length);
      const inOrder = [...(await people())].sort((a, b) => place(a) - place(b));
      const found = fuzzyBest(inOrder, name, (one) => [one.username, one.displayName], MOST_SHOWN);
      const words = mayCallMany ? MANY.filter(({ word }) => name !== "" && word.startsWith(name.toLowerCase())) : [];
      return [
        ...found.map((one) => ({
          key: one.id,
          insert: `@${one.username}`,
          label: one.displayName,
          detail: `@${one.username}`,
          symbol: "@",
        })),
        ...words,
      ].slice(0, MOST_SHOWN);
    },
  };
}
