/** A message's text as a tree: all that a body can look like. */
export type Inline =
  | { type: "text"; text: string }
  | { type: "strong" | "emphasis" | "deleted" | "spoiler"; children: Inline[] }
  | { type: "code"; text: string }
  | { type: "math"; tex: string; display: boolean }
  | { type: "link"; href: string; children: Inline[] }
  | { type: "break" };

export interface ListItem {
  /** Null where the item is no task. */
  checked: boolean | null;
  children: Block[];
}

export type Alignment = "left" | "center" | "right" | null;

export interface Table {
  type: "table";
  /** One for each column. */
  align: Alignment[];
  header: Inline[][];
  rows: Inline[][][];
}

export type Block =
  | { type: "paragraph"; children: Inline[] }
  /** `depth` from 1, the loudest, to 6. */
  | { type: "heading"; depth: number; children: Inline[] }
  | { type: "code"; language: string; text: string }
  | { type: "math"; tex: string }
  | { type: "quote"; children: Block[] }
  | { type: "list"; start: number | null; items: ListItem[] }
  | Table
  | { type: "rule" };
