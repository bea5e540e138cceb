import { renderToStaticMarkup } from "react-dom/server";
import { MessageBody } from "@/lib/messages/markdown/message-body";

/** The drawn body without the classes, which say how it looks and not what it is. */
function drawn(body: string): string {
  return renderToStaticMarkup(<MessageBody body={body} />)
    .replace(/ (?:class|dir|target|rel|tabindex)="[^"]*"/gi, "")
    .replace(/<button.*?<\/button>|<\/?div>/g, "");
}

const p = (inner: string) => `<p>${inner}</p>`;
const a = (href: string, text: string) => `<a href="${href}">${text}</a>`;
const pre = (text: string) => `<pre><code>${text}</code></pre>`;
const ul = (...items: string[]) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
const ol = (start: number, ...items: string[]) =>
  `<ol start="${start}">${items.map((item) => `<li>${item}</li>`).join("")}</ol>`;
const table = (head: string[], ...rows: string[][]) =>
  `<section aria-label="Table"><table><thead><tr>${head.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead>` +
  `<tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</tbody></table></section>`;

/** By the chapters of the CommonMark and GFM specifications. */
describe.each<[string, [string, string][]]>([
  [
    "thematic breaks",
    [
      ["***", "<hr/>"],
      ["---", "<hr/>"],
      ["_ _ _", "<hr/>"],
      ["--", p("--")],
      ["above\n\n***\n\nbelow", `${p("above")}<hr/>${p("below")}`],
    ],
  ],
  [
    "headings",
    [
      ["# one", p("one")],
      ["###### six", p("six")],
      ["####### seven", p("####### seven")],
      ["#hashtag", p("#hashtag")],
      ["## closed ##", p("closed")],
      ["# *leaning*", p("<em>leaning</em>")],
      ["underlined\n===", p("underlined")],
    ],
  ],
  [
    "fenced code",
    [
      ["```\n<\n >\n```", pre("&lt;\n &gt;")],
      ["~~~\na\n~~~", pre("a")],
      ["````\na\n```\nb\n````", pre("a\n```\nb")],
      ["```\nnever closed", pre("never closed")],
      ["```\n*not leaning* ||not hidden|| $x$\n```", pre("*not leaning* ||not hidden|| $x$")],
    ],
  ],
  [
    "quotes",
    [
      ["> one\n> two", `<blockquote>${p("one<br/>two")}</blockquote>`],
      ["> one\ntwo", `<blockquote>${p("one<br/>two")}</blockquote>`],
      ["> > deeper", `<blockquote><blockquote>${p("deeper")}</blockquote></blockquote>`],
      ["> - item", `<blockquote>${ul(p("item"))}</blockquote>`],
      ["> one\n\n> two", `<blockquote>${p("one")}</blockquote><blockquote>${p("two")}</blockquote>`],
    ],
  ],
  [
    "lists",
    [
      ["- a\n- b\n- c", ul(p("a"), p("b"), p("c"))],
      ["* a\n+ b", ul(p("a")) + ul(p("b"))],
      ["-no list", p("-no list")],
      ["7. a\n8. b", ol(7, p("a"), p("b"))],
      ["0. zero", ol(0, p("zero"))],
      ["1) a", ol(1, p("a"))],
      ["- a\n  - b\n    - c", ul(p("a") + ul(p("b") + ul(p("c"))))],
      ["1. a\n   - b\n2. c", ol(1, p("a") + ul(p("b")), p("c"))],
      ["- a\n\n  more of it", ul(p("a") + p("more of it"))],
      ["- a\n  ```\n  code\n  ```", ul(`${p("a")}<pre><code>code</code></pre>`)],
      ["The number is\n14. It is high.", p("The number is<br/>14. It is high.")],
    ],
  ],
  [
    "code spans",
    [
      ["`` a ` b ``", p("<code>a ` b</code>")],
      ["`a\\`b`", p("<code>a\\</code>b`")],
      ["*a `*`*", p("<em>a <code>*</code></em>")],
      ["`never closed", p("`never closed")],
    ],
  ],
  [
    "emphasis",
    [
      ["*a* _b_ **c** __d__", p("<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong>")],
      ["a * b * c", p("a * b * c")],
      ["snake_case_name", p("snake_case_name")],
      ["5*6*78", p("5<em>6</em>78")],
      ["***both***", p("<em><strong>both</strong></em>")],
      ["*a **b** c*", p("<em>a <strong>b</strong> c</em>")],
      ["**a*", p("*<em>a</em>")],
      ["*a\nb*", p("<em>a<br/>b</em>")],
    ],
  ],
  [
    "backslashes",
    [
      ["\\*not leaning\\*", p("*not leaning*")],
      ["\\# no heading", p("# no heading")],
      ["\\a", p("\\a")],
      ["\\$5 \\|\\|open\\|\\|", p("$5 ||open||")],
    ],
  ],
  [
    "links",
    [
      ['[a](https://x.example "title")', p(a("https://x.example", "a"))],
      ["[a](<https://x.example/b c>)", p(a("https://x.example/b c", "a"))],
      ["[*a*](https://x.example)", p(a("https://x.example", "<em>a</em>"))],
      ["[a](https://x.example/(b))", p(a("https://x.example/(b)", "a"))],
      ["[a] (https://x.example)", p(`[a] (${a("https://x.example", "https://x.example")})`)],
      ["[a](relative)", p("[a](relative)")],
      ["<https://x.example>", p(a("https://x.example", "https://x.example"))],
      ["<ada@x.example>", p(a("mailto:ada@x.example", "ada@x.example"))],
      ["![cat](https://x.example/c.png)", p(a("https://x.example/c.png", "cat"))],
    ],
  ],
  [
    "bare addresses (GFM)",
    [
      ["www.x.example/a", p(a("http://www.x.example/a", "www.x.example/a"))],
      ["see www.x.example.", p(`see ${a("http://www.x.example", "www.x.example")}.`)],
      ["(https://x.example/a)", p(`(${a("https://x.example/a", "https://x.example/a")})`)],
      ["https://x.example/(a)", p(a("https://x.example/(a)", "https://x.example/(a)"))],
      ["write to ada@x.example", p(`write to ${a("mailto:ada@x.example", "ada@x.example")}`)],
      ["`https://x.example`", p("<code>https://x.example</code>")],
    ],
  ],
  [
    "struck out (GFM)",
    [
      ["~~a~~ ~b~", p("<del>a</del> <del>b</del>")],
      ["~~ a ~~", p("~~ a ~~")],
    ],
  ],
  [
    "tables (GFM)",
    [
      ["| a | b |\n| - | - |\n| c | d |", table(["a", "b"], ["c", "d"])],
      ["a|b\n-|-\nc", table(["a", "b"], ["c", ""])],
      ["| a |\n| - |\n| `x \\| y` |", table(["a"], ["<code>x | y</code>"])],
      ["| a |\n| - |\n| **b** |", table(["a"], ["<strong>b</strong>"])],
      ["| a | b |\n| - |\n", p("| a | b |<br/>| - |")],
    ],
  ],
  [
    "line breaks, kept as they were typed",
    [
      ["a\nb", p("a<br/>b")],
      ["a  \nb", p("a<br/>b")],
      ["a\\\nb", p("a<br/>b")],
      ["a\n\nb", p("a") + p("b")],
    ],
  ],
])("%s", (_, cases) => {
  test.each(cases)("%j", (body, expected) => {
    expect(drawn(body)).toBe(expected);
  });
});

/** Where CommonMark would hide or change what somebody typed, or let a message become more than text. */
describe("left out on purpose: it stays as it was typed", () => {
  test.each([
    ["raw HTML", "<b>a</b>", p("&lt;b&gt;a&lt;/b&gt;")],
    ["character references", "&copy; &amp;", p("&amp;copy; &amp;amp;")],
    ["code by indentation", "    a", p("    a")],
    ["a definition is not hidden", "[a]: https://x.example", p("[a]: https://x.example")],
  ])("%s", (_what, body, expected) => {
    expect(drawn(body)).toBe(expected);
  });
});
