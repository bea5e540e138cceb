import temml from "temml";

/** A part of a formula: an element that is named here, or text. */
export type MathPart = string | { name: string; attributes: Record<string, string>; children: MathPart[] };

const ELEMENTS = new Set(
  "math mrow mi mn mo mtext ms mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd menclose mstyle mpadded mphantom mprescripts mmultiscripts none".split(
    " ",
  ),
);
/** No colour among them: what is written must stay legible in both themes. */
const ATTRIBUTES = new Set(
  "accent accentunder columnalign columnlines columnspacing display displaystyle fence form height lspace linethickness mathsize mathvariant maxsize minsize movablelimits notation rowspacing rspace scriptlevel separator stretchy symmetric voffset width".split(
    " ",
  ),
);
const CLASSES = new Map([
  ["tml-left", "text-left"],
  ["tml-right", "text-right"],
  ["tml-underline", "border-b"],
  ["tml-overline", "border-t"],
]);
/** In em. Nothing that is written may grow over what others said. */
const LARGEST: [number, number] = [10, 10];
const EXPANSIONS_MOST = 200;

/** What the library's own tree looks like; it has no types. */
interface Node {
  type?: unknown;
  text?: unknown;
  attributes?: Record<string, unknown>;
  classes?: unknown[];
  children?: Node[];
}

/** A formula as MathML; null where it is not TeX. */
export function mathmlOf(tex: string, displayMode: boolean): MathPart[] | null {
  try {
    const options = { displayMode, throwOnError: true, maxSize: LARGEST, maxExpand: EXPANSIONS_MOST, trust: false };
    const tree: Node = temml.__renderToMathMLTree(tex, options);
    return partsOf(tree);
  } catch {
    // The parser gives up by throwing; what was typed is shown instead.
    return null;
  }
}

function partsOf(node: Node): MathPart[] {
  if (typeof node.text === "string") return [node.text];
  const children = (node.children ?? []).flatMap(partsOf);
  if (typeof node.type !== "string" || !ELEMENTS.has(node.type)) return children;
  return [{ name: node.type, attributes: attributesOf(node), children }];
}

function attributesOf({ attributes = {}, classes = [] }: Node): Record<string, string> {
  const kept = Object.entries(attributes).flatMap(([name, value]): [string, string][] =>
    ATTRIBUTES.has(name) ? [[name, String(value)]] : [],
  );
  const className = classes.flatMap((name) => CLASSES.get(String(name)) ?? []).join(" ");
  return Object.fromEntries(className === "" ? kept : [...kept, ["className", className]]);
}
