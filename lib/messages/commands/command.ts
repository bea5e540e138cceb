/** What a command can do where it is given. */
export interface CommandPlace {
  send: (body: string) => void;
  setTopic: (topic: string) => Promise<void>;
  leave: () => Promise<void>;
  /** @throws Refusal `not_found` where nobody has that name */
  invite: (username: string) => Promise<void>;
}

export interface Command {
  name: string;
  /** What follows the name, for the list of choices. */
  takes: string;
  does: string;
  /** @returns a sentence to show where it cannot be done; the text stays in the composer then */
  run: (place: CommandPlace, rest: string) => Promise<string | null> | string | null;
}

/** A text that begins with a command's slash; "//" says a slash. */
export function commandIn(text: string): { name: string; rest: string } | null {
  const match = /^\/([a-z][a-z0-9-]*)(?:\s+([\s\S]*))?$/i.exec(text.trim());
  return match?.[1] === undefined ? null : { name: match[1].toLowerCase(), rest: match[2]?.trim() ?? "" };
}
