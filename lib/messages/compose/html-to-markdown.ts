import { inlineMarkdown, isIgnored, styleOf } from "@/lib/messages/compose/html-inline";

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL".split(
    " ",
  ),
);

/**
 * What was copied from a page or a document, as Markdown. It is read from the parsed tree, which is never shown and
 * loads nothing; what is not known here is its text alone.
 */
export function markdownFromHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(withoutEffect(html), "text/html");
  return blocksOf(body)
    .join("\n\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Even in a tree that is never shown, styles and handlers are breaches of the page's policy, which are reported. */
function withoutEffect(html: string): string {
  return html
    .replace(/<(\/?)style\b/gi, "<$1template")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(?<=[\s"'])(style|on\w+)(?=\s*=)/gi, "data-$1"));
}

function isBlock(node: Node): node is Element {
  if (!(node instanceof Element) || isIgnored(node)) return false;
  return BLOCKS.has(node.tagName) || [...node.children].some(isBlock);
}

/** The blocks in an element: runs of phrasing between its block children become paragraphs. */
function blocksOf(parent: Element): string[] {
  const blocks: string[] = [];
  let phrase: Node[] = [];
  const endPhrase = () => {
    const text = inlineMarkdown(phrase);
    if (text !== "") blocks.push(lineSafe(text));
    phrase = [];
  };
  for (const child of joinedLists(parent)) {
    if (typeof child === "string") {
      endPhrase();
      blocks.push(child);
    } else if (isBlock(child)) {
      endPhrase();
      blocks.push(...blockOf(child));
    } else phrase.push(child);
  }
  endPhrase();
  return blocks.filter((block) => block.trim() !== "");
}

function blockOf(element: Element): string[] {
  switch (element.tagName) {
    case "H1":
    case "H2":
    case "H3":
    case "H4":
    case "H5":
    case "H6": {
      const text = inlineMarkdown(element.childNodes)
        .replaceAll("\n", " ")
        .replace(/^\*\*(.*)\*\*$/, "$1");
      return text === "" ? [] : [`${"#".repeat(Number(element.tagName.charAt(1)))} ${text}`];
    }
    case "HR":
      return ["---"];
    case "PRE":
      return [fenced(element)];
    case "BLOCKQUOTE":
      return [prefixed(blocksOf(element).join("\n\n"), "> ")];
    case "UL":
    case "OL":
      return [list(element)];
    case "TABLE":
      return table(element);
    default:
      return blocksOf(element);
  }
}

/** A paragraph that would be read as something else by how it begins. */
function lineSafe(text: string): string {
  return text.replace(/^(?=#{1,6}\s|>|[-+]\s)/gm, "\\").replace(/^(\d{1,9})(?=[.)]\s)/gm, "$1\\");
}

function prefixed(text: string, first: string, rest = first): string {
  return text
    .split("\n")
    .map((line, index) => (index === 0 ? first + line : (rest + line).trimEnd()))
    .join("\n");
}

function fenced(element: Element): string {
  for (const line of element.querySelectorAll("br")) line.replaceWith("\n");
  const text = (element.textContent ?? "").replaceAll("\u00a0", " ").replace(/\n$/, "");
  const marked = [element, element.parentElement, element.querySelector("code")].map((one) => one?.className ?? "");
  const language = /(?:language|lang|highlight-source)-([\w+#-]+)/.exec(marked.join(" "))?.[1] ?? "";
  const fence = text.includes("```") ? "````" : "```";
  return `${fence}${language}\n${text}\n${fence}`;
}

function list(element: Element): string {
  const numbered = element.tagName === "OL";
  let number = Number(element.getAttribute("start") ?? 1) || 1;
  const lines: string[] = [];
  for (const child of element.children) {
    // Word and Google Docs put a list into a list and not into its item.
    if (child.tagName === "UL" || child.tagName === "OL") lines.push(prefixed(list(child), "  "));
    if (child.tagName !== "LI") continue;
    const box = child.querySelector("input[type=checkbox]");
    const task = box === null ? "" : box.hasAttribute("checked") ? "[x] " : "[ ] ";
    const mark = `${numbered ? `${number}.` : "-"} `;
    number += 1;
    lines.push(prefixed(blocksOf(child).join("\n"), mark + task, " ".repeat(mark.length)));
  }
  return lines.join("\n");
}

/** Word writes the items of a list as paragraphs that say to which level they belong. */
function joinedLists(parent: Element): (Node | string)[] {
  const joined: (Node | string)[] = [];
  let items: string[] = [];
  const endList = () => {
    if (items.length > 0) joined.push(items.join("\n"));
    items = [];
  };
  for (const node of parent.childNodes) {
    const item = node instanceof Element ? wordItem(node) : null;
    if (item !== null) items.push(item);
    else if (items.length === 0 || node instanceof Element || (node.nodeValue ?? "").trim() !== "") {
      endList();
      joined.push(node);
    }
  }
  endList();
  return joined;
}

function wordItem(element: Element): string | null {
  const level = /mso-list:[^;]*level(\d)/i.exec(styleOf(element))?.[1];
  if (level === undefined) return null;
  const bullet = [...element.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
  const number = /^\(?(\d+)[.)]/.exec((bullet?.textContent ?? "").trim())?.[1];
  const mark = number === undefined ? "- " : `${number}. `;
  return "   ".repeat(Number(level) - 1) + mark + inlineMarkdown(element.childNodes).replaceAll("\n", " ");
}

/** A table of at least two columns; one of a single column only puts things below each other. */
function table(element: Element): string[] {
  const rows = [...element.querySelectorAll("tr")]
    .filter((row) => row.closest("table") === element)
    .map((row) => [...row.children].filter(({ tagName }) => tagName === "TD" || tagName === "TH"));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2 || element.querySelector("table") !== null) return rows.flat().flatMap(blocksOf);
  const drawn = rows
    .filter((row) => row.length > 0)
    .map((row) => `| ${Array.from({ length: width }, (_, column) => cell(row[column])).join(" | ")} |`);
  const [head = "", ...others] = drawn;
  return [[head, `|${" --- |".repeat(width)}`, ...others].join("\n")];
}

function cell(element: Element | undefined): string {
  if (element === undefined) return "";
  return blocksOf(element).join(" ").replaceAll("\n", " ").replaceAll("|", "\\|");
}
