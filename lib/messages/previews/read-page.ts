import type { FetchedPage } from "@/lib/messages/previews/fetch-page";

/** What a page says of itself. */
export interface PageFacts {
  title: string;
  description: string;
  siteName: string;
}

const TITLE_MOST = 200;
const DESCRIPTION_MOST = 300;
const SITE_MOST = 60;
const SNIFFED_BYTES = 1_024;

/** What a page says of itself in its head; null where it has no title. Its text is text: no markup of it is kept. */
export function readPage(page: FetchedPage): PageFacts | null {
  const html = decoded(page);
  const head = html
    .slice(0, endOfHead(html))
    .replace(/<!--[\s\S]*?(?:-->|$)|<(script|style|noscript|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "");
  const said = metaOf(head);
  const title = line(said.get("og:title") ?? said.get("twitter:title") ?? titleOf(head), TITLE_MOST);
  if (title === "") return null;
  const description = said.get("og:description") ?? said.get("twitter:description") ?? said.get("description") ?? "";
  return {
    title,
    description: line(description, DESCRIPTION_MOST),
    siteName: line(said.get("og:site_name") ?? "", SITE_MOST) || page.url.hostname.replace(/^www\./, ""),
  };
}

function endOfHead(html: string): number {
  const end = html.search(/<\/head\s*>|<body[\s>]/i);
  return end < 0 ? html.length : end;
}

/** By what the server says, else a byte order mark, else what the page says, else UTF-8. */
function decoded({ contentType, bytes }: FetchedPage): string {
  const sniffed = bytes.subarray(0, SNIFFED_BYTES).toString("latin1");
  const label =
    markOf(bytes) ??
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(sniffed)?.[1] ??
    "utf-8";
  return decoderOf(label).decode(bytes);
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    // A name that nobody knows.
    return new TextDecoder("utf-8");
  }
}

/** The first content of each name in the head. */
function metaOf(head: string): Map<string, string> {
  const said = new Map<string, string>();
  for (const [, inside = ""] of head.matchAll(/<meta\s([^<>]{1,4000})>/gi)) {
    const attributes = attributesIn(inside);
    const name = (attributes.get("property") ?? attributes.get("name") ?? "").toLowerCase();
    const content = attributes.get("content");
    if (name !== "" && content !== undefined && !said.has(name)) said.set(name, content);
  }
  return said;
}

function attributesIn(tag: string): Map<string, string> {
  const found = tag.matchAll(/(?<![^\s"'/])([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g);
  return new Map([...found].map(([, name = "", a, b, c]) => [name.toLowerCase(), a ?? b ?? c ?? ""]));
}

function titleOf(head: string): string {
  return /<title\b[^<>]*>([^<]*)/i.exec(head)?.[1] ?? "";
}

const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  middot: "·",
  bull: "•",
  copy: "©",
  reg: "®",
  trade: "™",
};

function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,10}));?/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : "";
  });
}

/** One line, without what cannot be seen or would turn the text around it. */
function line(text: string, most: number): string {
  const clean = unescaped(text)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]|\p{Cs}/gu, "")
    .trim();
  const points = [...clean];
  return points.length <= most
    ? clean
    : `${points
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}
