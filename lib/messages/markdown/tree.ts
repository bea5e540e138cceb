/** A message's text as a tree: all that a body can look like. */
export type Inline =
  | { type: "text"; text: string }
  | { type: "strong" | "emphasis" | "deleted"; children: Inline[] }
  | { type: "code"; text: string }
  | { type: "link"; href: string; children: Inline[] }
  | { type: "break" };

export interface ListItem {
  /** Null where the item is no task. */
  checked: boolean | null;
  children: Block[];
}

export type Block =
  | { type: "paragraph" | "heading"; children: Inline[] }
  | { type: "code"; language: string; text: string }
  | { type: "quote"; children: Block[] }
  | { type: "list"; start: number | null; items: ListItem[] }
  | { type: "rule" };
