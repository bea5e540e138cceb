import { common, createLowlight } from "lowlight";

/** A piece of code and the kind of thing it is, by highlight.js's name; null for plain text. */
export interface Piece {
  text: string;
  kind: string | null;
}

const lowlight = createLowlight(common);

type Node = ReturnType<typeof lowlight.highlight>["children"][number];

function piecesOf(nodes: readonly Node[], kind: string | null): Piece[] {
  return nodes.flatMap((node) => {
    if (node.type === "text") return [{ text: node.value, kind }];
    if (node.type !== "element") return [];
    const classes = node.properties.className;
    const name = Array.isArray(classes) ? String(classes[0]).replace(/^hljs-/, "") : kind;
    return piecesOf(node.children, name);
  });
}

/** Code in pieces by kind; null for a language that is not known. */
export function highlight(code: string, language: string): Piece[] | null {
  return lowlight.registered(language) ? piecesOf(lowlight.highlight(language, code).children, null) : null;
}
