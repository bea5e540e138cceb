import { renderToStaticMarkup } from "react-dom/server";
import { mathmlOf } from "@/lib/messages/markdown/mathml";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import { parseMarkdown } from "@/lib/messages/markdown/parse";
import { plainTextOf } from "@/lib/messages/markdown/plain-text";
import type { Inline } from "@/lib/messages/markdown/tree";

function inlines(body: string): Inline[] {
  const [first] = parseMarkdown(body);
  return first?.type === "paragraph" ? first.children : [];
}

const kinds = (body: string) => inlines(body).map(({ type }) => type);

describe("a spoiler", () => {
  test.each([
    ["||the butler||", ["spoiler"]],
    ["it was ||the **butler**|| then", ["text", "spoiler", "text"]],
    ["||one|| and ||two||", ["spoiler", "text", "spoiler"]],
    ["||one\ntwo||", ["spoiler"]],
  ])("%j is hidden", (body, expected) => {
    expect(kinds(body)).toEqual(expected);
  });

  test.each(["if (a || b || c)", "a || b", "||", "||||", "|| spaced ||", "||open", "`||code||`"])(
    "%j hides nothing",
    (body) => {
      expect(kinds(body)).not.toContain("spoiler");
    },
  );

  test("is kept from screen readers, pointers and the keyboard until it is asked for", () => {
    const markup = renderToStaticMarkup(<MessageBody body="||the [butler](https://x.example)||" />);
    expect(markup).toMatch(/role="button" tabindex="0"[^>]*aria-label="Spoiler/);
    expect(markup).toMatch(/<span inert="" aria-hidden="true"[^>]*>the <a /);
  });
});

describe("a formula", () => {
  test.each([
    ["$x^2$", [{ type: "math", tex: "x^2", display: false }]],
    ["so $a_1 * b_1$ and $c$", ["so ", "a_1 * b_1", " and ", "c"]],
    ["$$e = mc^2$$ inline", ["e = mc^2", " inline"]],
    ["($\\alpha$)", ["(", "\\alpha", ")"]],
  ])("%j is one", (body, expected) => {
    const found = inlines(body);
    if (typeof expected[0] === "object") expect(found).toEqual(expected);
    else
      expect(found.map((one) => (one.type === "math" ? one.tex : one.type === "text" ? one.text : ""))).toEqual(
        expected,
      );
  });

  test("stands by itself between two dollars, over several lines", () => {
    expect(parseMarkdown("before\n$$\na\n+ b\n$$\nafter").map(({ type }) => type)).toEqual([
      "paragraph",
      "math",
      "paragraph",
    ]);
  });

  test.each([
    "$5 and $6",
    "$5, or $6-$7",
    "between $5 and 6$",
    "costs 5$ or 6$",
    "US$5/US$6",
    "$HOME/$USER",
    "echo $PATH:$HOME",
    "kill $$ or echo $$ now",
    "$$$ and $$$",
    "a$b$c",
    "\\$x$",
    "`$x$`",
    "$ x $",
    "$one\ntwo$",
    `$${"x".repeat(3_000)}$`,
  ])("%j is none", (body) => {
    expect(JSON.stringify(parseMarkdown(body))).not.toContain('"math"');
  });

  test("is drawn as MathML, from named elements and attributes only", () => {
    const [math] = mathmlOf("\\frac{a}{b}", true) ?? [];
    expect(math).toEqual({
      name: "math",
      attributes: { display: "block" },
      children: [
        {
          name: "mfrac",
          attributes: {},
          children: [
            { name: "mi", attributes: {}, children: ["a"] },
            { name: "mi", attributes: {}, children: ["b"] },
          ],
        },
      ],
    });
  });

  test.each([
    "\\href{javascript:alert(1)}{x}",
    "\\url{https://evil.example}",
    "\\includegraphics{https://evil.example/a.png}",
    "\\class{fixed}{x}",
    "\\style{position:fixed}{x}",
    "\\id{a}{x}",
    "\\data{a=b}{x}",
    "\\color{red}x",
    "\\colorbox{red}{x}",
    "\\rule{1000em}{1000em}",
    "\\Huge\\Huge x",
    "\\def\\a{\\a\\a}\\a",
    "\\text{<script>alert(1)</script>}",
  ])("%s reaches nothing but the formula", (tex) => {
    const drawn = JSON.stringify(mathmlOf(tex, false)) ?? "";
    expect(drawn).not.toMatch(
      /"(?:href|src|style|class|id|color|mathcolor|mathbackground|on\w+|data-\w+)":|1000em|"script"/,
    );
  });

  test.each([
    ["braces", "{".repeat(1_999)],
    ["fractions", "\\frac".repeat(399)],
    ["roots", `${"\\sqrt{".repeat(280)}${"}".repeat(280)}`],
    ["matrices", "\\begin{matrix}".repeat(140)],
    ["scripts", "{x^".repeat(500)],
    ["left parentheses", "\\left(".repeat(330)],
    ["columns", `\\begin{array}{${"c".repeat(900)}}a\\end{array}`],
  ])("of nothing but %s is given up or drawn", (_, tex) => {
    expect(() => mathmlOf(tex, false)).not.toThrow();
  });
});

describe("a table", () => {
  test("is aligned as it says, without a style of its own", () => {
    const markup = renderToStaticMarkup(
      <MessageBody body={"| a | b | c | d |\n| :- | :-: | -: | - |\n| 1 | 2 | 3 | 4 |"} />,
    );
    const sides = [...markup.matchAll(/<td [^>]*\btext-(\w+)/g)].map(([, side]) => side);
    expect(sides).toEqual(["left", "center", "right", "start"]);
    expect(markup).not.toContain("style=");
  });
});

describe("a body in plain words", () => {
  test.each([
    ["it was ||the butler||", "it was (spoiler)"],
    ["**bold** `code` [link](https://x.example)", "bold code link"],
    ["- a\n- b", "a\nb"],
    ["| a | b |\n| - | - |\n| c | ||d|| |", "a b\nc "],
    ["> said ||so||", "said (spoiler)"],
    ["one\ntwo", "one\ntwo"],
  ])("%j", (body, expected) => {
    expect(plainTextOf(body)).toBe(expected);
  });
});
