/** A run of characters that are all marked alike. */
interface Run {
  text: string;
  bold: boolean;
  italic: boolean;
  struck: boolean;
  code: boolean;
  href: string | null;
}

type Look = Omit<Run, "text">;

const PLAIN: Look = { bold: false, italic: false, struck: false, code: false, href: null };

/** What is no text, or none of ours: none of it is read. */
const IGNORED = new Set(
  "SCRIPT STYLE HEAD TITLE META LINK NOSCRIPT TEMPLATE IFRAME OBJECT EMBED SVG CANVAS AUDIO VIDEO BUTTON INPUT SELECT TEXTAREA".split(
    " ",
  ),
);

export function isIgnored(element: Element): boolean {
  return IGNORED.has(element.tagName.toUpperCase()) || /mso-list:\s*ignore/i.test(styleOf(element));
}

/** What a style attribute said, under the name that html-to-markdown.ts gave it. */
export function styleOf(element: Element): string {
  return element.getAttribute("data-style") ?? "";
}

/** Phrasing as Markdown, in which only what is bold, italic, struck out, code or a link differs from its text. */
export function inlineMarkdown(nodes: Iterable<Node>): string {
  const runs = [...nodes].flatMap((node) => runsOf(node, PLAIN));
  return render(runs, ["href", "struck", "bold", "italic", "code"])
    .replace(/ *\n */g, "\n")
    .trim();
}

function runsOf(node: Node, look: Look): Run[] {
  if (node.nodeType === Node.TEXT_NODE) return [{ ...look, text: (node.nodeValue ?? "").replace(/[\s\u00a0]+/g, " ") }];
  if (!(node instanceof Element) || isIgnored(node)) return [];
  if (node.tagName === "BR") return [{ ...PLAIN, text: "\n" }];
  if (node.tagName === "IMG") return [{ ...look, text: imageText(node) }];
  const now = lookOf(node, look);
  return [...node.childNodes].flatMap((child) => runsOf(child, now));
}

function lookOf(element: Element, before: Look): Look {
  const tag = element.tagName;
  const style = styleOf(element);
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
  const slant = /font-style:\s*(\w+)/i.exec(style)?.[1];
  const look = { ...before };
  if (tag === "B" || tag === "STRONG") look.bold = true;
  if (weight !== undefined) look.bold = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
  if (tag === "I" || tag === "EM") look.italic = true;
  if (slant !== undefined) look.italic = slant === "italic" || slant === "oblique";
  if (/^(?:S|DEL|STRIKE)$/.test(tag) || /text-decoration[\w-]*:[^;]*line-through/i.test(style)) look.struck = true;
  if (/^(?:CODE|TT|KBD|SAMP)$/.test(tag)) look.code = true;
  if (tag === "A") look.href = addressOf(element.getAttribute("href")) ?? before.href;
  return look;
}

/** Where a link may lead; null for anywhere else. */
function addressOf(href: string | null): string | null {
  const trimmed = (href ?? "").trim();
  return /^(?:https?:|mailto:)/i.test(trimmed) && URL.canParse(trimmed)
    ? trimmed.replace(/[()\s]/g, encodeURIComponent)
    : null;
}

/** An emoji drawn as a picture is its emoji; any other picture is a link to it. */
function imageText(image: Element): string {
  const name = image.getAttribute("data-stringify-emoji") ?? image.getAttribute("alt") ?? "";
  if (/^(?::[\w+-]+:|\p{Extended_Pictographic}.{0,20})$/u.test(name)) return name;
  const address = addressOf(image.getAttribute("src"));
  return address === null ? name : `![${name.replace(/[[\]\n]/g, " ").trim()}](${address})`;
}

/** Runs that share a mark are put in one pair of it, outermost first. */
function render(runs: readonly Run[], marks: readonly (keyof Look)[]): string {
  const [mark, ...inner] = marks;
  if (mark === undefined) return runs.map(({ text, code }) => (code ? text : escaped(text))).join("");
  const groups: Run[][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    const blank = run.text.trim() === "" && run.text !== "\n";
    if (group !== undefined && (group[0]?.[mark] === run[mark] || (blank && mark !== "code"))) group.push(run);
    else groups.push([run]);
  }
  return groups.map((group) => wrapped(group, mark, render(group, inner))).join("");
}

const SIGNS = { bold: "**", italic: "*", struck: "~~" };

/** Blanks at the ends of marked text stay outside of the marks, which would not be read as such otherwise. */
function wrapped(group: readonly Run[], mark: keyof Look, text: string): string {
  const on = group[0]?.[mark] ?? false;
  const [, before = "", words = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (on === false || on === null || words === "") return text;
  if (mark === "href") return before + linked(words, String(on)) + after;
  if (mark === "code") return before + spanned(words) + after;
  return before + SIGNS[mark] + words + SIGNS[mark] + after;
}

function linked(words: string, href: string): string {
  const bare = words.replace(/\\/g, "");
  if (bare === href || `http://${bare}` === href || `https://${bare}` === href || `mailto:${bare}` === href)
    return bare;
  return `[${words.replaceAll("\n", " ")}](${href})`;
}

function spanned(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  if (longest === 0) return `\`${code}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${code} ${fence}`;
}

/** Signs that would be read as marks although they were only text. */
function escaped(text: string): string {
  if (text.startsWith("![")) return text;
  return text.replace(/\*(?=\S)|(?<=\S)\*|`|~~|\|\||(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, (sign) =>
    [...sign].map((one) => `\\${one}`).join(""),
  );
}
