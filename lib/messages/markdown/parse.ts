import type { MarkedToken, Token, Tokens } from "marked";
import { tokensOf } from "@/lib/messages/markdown/tame";
import type { Block, Inline, ListItem, Table } from "@/lib/messages/markdown/tree";

const SCHEMES = new Set(["http:", "https:", "mailto:"]);
const DEEPEST = 40;
const CACHED_CHARACTERS = 1_000_000;

const cache = new Map<string, Block[]>();
let cached = 0;

/** The tree of a body, the same on server and browser. What cannot be read as Markdown is one paragraph as typed. */
export function parseMarkdown(body: string): Block[] {
  const known = cache.get(body);
  if (known !== undefined) return known;
  const tokens = tokensOf(body);
  const tree = tokens === null ? [paragraphOf(body)] : blocksOf(tokens, 0);
  cache.set(body, tree);
  cached += body.length;
  // The oldest go first: a Map keeps the order in which it was filled.
  for (const oldest of cache.keys()) {
    if (cached <= CACHED_CHARACTERS) break;
    cache.delete(oldest);
    cached -= oldest.length;
  }
  return tree;
}

/** Text as it was typed, its line breaks kept. */
function literal(text: string): Inline[] {
  return text.split("\n").flatMap((line, index): Inline[] => {
    const here: Inline = { type: "text", text: line };
    return index === 0 ? [here] : [{ type: "break" }, here];
  });
}

function paragraphOf(text: string): Block {
  return { type: "paragraph", children: literal(text.replace(/\n+$/, "")) };
}

/** What extensions.ts makes comes as the library's open variant of a token. */
type OwnToken =
  | { type: "spoiler"; raw: string; tokens: Token[] }
  | { type: "formula"; raw: string; tex: string; display: boolean };
type KnownToken = MarkedToken | OwnToken;

function isKnown(token: Token): token is KnownToken {
  return token.type !== "generic";
}

function blocksOf(tokens: Token[], depth: number): Block[] {
  return tokens.filter(isKnown).flatMap((token) => blockOf(token, depth + 1));
}

function blockOf(token: KnownToken, depth: number): Block[] {
  if (depth > DEEPEST) return [paragraphOf(token.raw)];
  switch (token.type) {
    case "space":
    case "checkbox":
      return [];
    case "hr":
      return [{ type: "rule" }];
    case "heading":
      return [{ type: "heading", depth: token.depth, children: inlinesOf(token.tokens, depth) }];
    case "code":
      if (token.codeBlockStyle === "indented") return [paragraphOf(token.raw)];
      return [{ type: "code", language: languageOf(token.lang), text: token.text }];
    case "blockquote":
      return [{ type: "quote", children: blocksOf(token.tokens, depth) }];
    case "list":
      return [{ type: "list", start: startOf(token), items: token.items.map((item) => itemOf(item, depth)) }];
    case "table":
      return [tableOf(token, depth)];
    case "formula":
      return [{ type: "math", tex: token.tex }];
    case "paragraph":
      return [{ type: "paragraph", children: inlinesOf(token.tokens, depth) }];
    case "text":
      return [{ type: "paragraph", children: token.tokens ? inlinesOf(token.tokens, depth) : literal(token.text) }];
    default:
      return [paragraphOf(token.raw)];
  }
}

function languageOf(info: string | undefined): string {
  return (info ?? "").trim().split(/\s/, 1)[0]?.toLowerCase() ?? "";
}

function startOf({ ordered, start }: Tokens.List): number | null {
  return ordered ? Number(start) : null;
}

function tableOf({ align, header, rows }: Tokens.Table, depth: number): Table {
  const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => inlinesOf(tokens, depth));
  return { type: "table", align, header: cells(header), rows: rows.map(cells) };
}

function itemOf({ task, checked, tokens }: Tokens.ListItem, depth: number): ListItem {
  return { checked: task ? checked === true : null, children: blocksOf(tokens, depth) };
}

function inlinesOf(tokens: Token[], depth: number): Inline[] {
  return tokens.filter(isKnown).flatMap((token) => inlineOf(token, depth + 1));
}

function inlineOf(token: KnownToken, depth: number): Inline[] {
  if (depth > DEEPEST) return literal(token.raw);
  switch (token.type) {
    case "strong":
      return [{ type: "strong", children: inlinesOf(token.tokens, depth) }];
    case "em":
      return [{ type: "emphasis", children: inlinesOf(token.tokens, depth) }];
    case "del":
      return [{ type: "deleted", children: inlinesOf(token.tokens, depth) }];
    case "spoiler":
      return [{ type: "spoiler", children: inlinesOf(token.tokens, depth) }];
    case "formula":
      return [{ type: "math", tex: token.tex, display: token.display }];
    case "codespan":
      return [{ type: "code", text: token.text }];
    case "br":
      return [{ type: "break" }];
    case "link":
      return linkOf(token.href, inlinesOf(token.tokens, depth), token.raw);
    case "image":
      return linkOf(token.href, [{ type: "text", text: token.text || token.href }], token.raw);
    case "escape":
      return [{ type: "text", text: token.text }];
    case "text":
      return token.tokens ? inlinesOf(token.tokens, depth) : literal(token.text);
    case "checkbox":
      return [];
    default:
      return literal(token.raw);
  }
}

/** A link to where a link may lead; anything else is shown as it was typed. */
function linkOf(href: string, children: Inline[], raw: string): Inline[] {
  const scheme = URL.canParse(href) ? new URL(href).protocol : null;
  return scheme !== null && SCHEMES.has(scheme) ? [{ type: "link", href, children }] : literal(raw);
}
