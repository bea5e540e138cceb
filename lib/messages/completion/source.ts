/** Something that can be completed to. */
export interface Completion {
  key: string;
  /** What takes the place of what was typed. */
  insert: string;
  label: string;
  detail?: string;
  /** Drawn before the label. */
  symbol?: string;
}

/** A thing being typed before the caret: where it begins, what it is called so far. */
export interface Query {
  at: number;
  name: string;
  /** Whether it is whole by itself, as an emoji's name with its second colon. */
  closed: boolean;
}

/** One kind of thing that is completed while it is typed. */
export interface CompletionSource {
  /** What the list of choices is called. */
  name: string;
  /** The thing that ends at the caret, or null. */
  queryAt(text: string, caret: number): Query | null;
  /** What fits, the best first; eight at most. */
  matching(name: string): Promise<Completion[]> | Completion[];
  /** What a whole name stands for, or null. */
  whole?(name: string): Promise<string | null>;
  /** Called when its first character has been typed, to fetch what will be needed. */
  prepare?(typed: string): void;
}

export const MOST_SHOWN = 8;
