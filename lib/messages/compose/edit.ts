/** A text being written, and what of it is selected; a caret is a selection of nothing. */
export interface Writing {
  text: string;
  start: number;
  end: number;
}

/** One change of a text: `insert` takes the place of what stands from `from` to `to`, and then `start` to `end` is selected. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

/** The text and selection after an edit. */
export function edited({ text }: Writing, { from, to, insert, start, end }: Edit): Writing {
  return { text: text.slice(0, from) + insert + text.slice(to), start, end };
}

/** Where the line begins that holds a place. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Whether a place lies in a fenced block that is not closed before it. */
export function isInFence(text: string, at: number): boolean {
  let fence: string | null = null;
  for (const line of text.slice(0, at).split("\n")) {
    const mark: string | undefined = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark === undefined) continue;
    if (fence === null) fence = mark;
    else if (mark.startsWith(fence) && line.trim() === mark) fence = null;
  }
  return fence !== null;
}
