import { renderToStaticMarkup } from "react-dom/server";
import { isEmojiOnly } from "@/lib/messages/markdown/emoji-only";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import { parseMarkdown } from "@/lib/messages/markdown/parse";

/** The drawn body without the classes, which say how it looks and not what it is. */
function drawn(body: string): string {
  const markup = renderToStaticMarkup(<MessageBody body={body} />);
  return markup.replace(/ class="[^"]*"/g, "").replace(/^<div>|<\/div>$/g, "");
}

const p = (inner: string) => `<p dir="auto">${inner}</p>`;
const a = (href: string, text: string) =>
  p(`<a href="${href}" target="_blank" rel="noopener noreferrer nofollow ugc">${text}</a>`);

describe("a body is drawn as it was meant", () => {
  test.each([
    ["plain words", p("plain words")],
    ["one\ntwo", p("one<br/>two")],
    ["**bold** and *leaning*", p("<strong>bold</strong> and <em>leaning</em>")],
    ["~~gone~~", p("<del>gone</del>")],
    ["a `b < c` d", p("a <code>b &lt; c</code> d")],
    ["# loud", p("loud")],
    ["> said before", `<blockquote>${p("said before")}</blockquote>`],
    ["- one\n- two", `<ul dir="auto"><li>${p("one")}</li><li>${p("two")}</li></ul>`],
    ["3. three", `<ol dir="auto" start="3"><li>${p("three")}</li></ol>`],
    ["[Parley](https://parley.example/a)", a("https://parley.example/a", "Parley")],
    ["https://parley.example", a("https://parley.example", "https://parley.example")],
    ["[post](mailto:ada@parley.example)", a("mailto:ada@parley.example", "post")],
    ["![a cat](https://parley.example/cat.png)", a("https://parley.example/cat.png", "a cat")],
    ["AT&amp;T", p("AT&amp;amp;T")],
    ["    not code", p("    not code")],
  ])("%j", (body, expected) => {
    expect(drawn(body)).toBe(expected);
  });

  test("a task list shows what is done", () => {
    expect(drawn("- [x] sail\n- [ ] land")).toMatch(/aria-label="Done".*sail.*aria-label="To do".*land/);
  });

  test("a fenced block keeps its text and its language", () => {
    expect(parseMarkdown("```js title\nconst a = 1;\n\n  b();\n```")).toEqual([
      { type: "code", language: "js", text: "const a = 1;\n\n  b();" },
    ]);
  });
});

describe("nothing in a body becomes more than text", () => {
  test.each([
    "<script>window.__pwn = 1</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick=alert(1)>b</b> c",
    "<!-- hidden --> shown",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,<script>1</script>)",
    "[a](vbscript:x)",
    "[a](//evil.example)",
    "[a](/settings)",
    "![a](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    '[a](https://b.example "x\\" onclick=1")',
  ])("%j", (body) => {
    const markup = drawn(body);
    expect(markup).not.toMatch(/<(?!\/?(p|br|a|ul|li)\b)/);
    expect(markup).not.toMatch(/href="(?!https:\/\/b\.example")/);
    expect(markup).not.toMatch(/<[^>]*\bon\w+=/);
  });

  test("raw HTML is shown as it was typed", () => {
    expect(drawn("a <b>c</b>")).toBe(p("a &lt;b&gt;c&lt;/b&gt;"));
    expect(drawn("<div>\nhello")).toBe(p("&lt;div&gt;<br/>hello"));
  });
});

const SIZE = 16_000;
const full = (unit: string) => unit.repeat(Math.floor(SIZE / unit.length));
const steps = (line: (depth: number) => string) => Array.from({ length: 170 }, (_, depth) => line(depth)).join("\n");

describe("a hostile body of 16,000 characters is drawn whole", () => {
  test.each([
    ["quotes in quotes", full(">")],
    ["quotes with spaces", full("> ")],
    ["a staircase of quotes", steps((depth) => `${">".repeat(depth)}a`)],
    ["lists in lists", full("- ")],
    ["numbered lists in lists", full("1. ")],
    ["a staircase of lists", steps((depth) => `${" ".repeat(depth)}- a`)],
    ["quotes and lists", full("> - ")],
    ["short lists", full("- a\n")],
    ["backticks", full("`")],
    ["odd backticks", full("`a``b```c")],
    ["open brackets", full("[")],
    ["brackets", "[".repeat(SIZE / 2) + "]".repeat(SIZE / 2)],
    ["open links", full("[a](")],
    ["open images", full("![")],
    ["stars", full("*")],
    ["stars around a letter", `${"*".repeat(SIZE / 2)}a${"*".repeat(SIZE / 2 - 1)}`],
    ["emphasis in emphasis", full("*a _b ")],
    ["underscores", full("_a")],
    ["tildes", full("~a")],
    ["angle brackets", full("<")],
    ["comments", full("<!--")],
    ["addresses", full("a@b.")],
    ["definitions", full("[a]: b\n")],
    ["underlines", full("a\n=\n")],
    ["fences", full("```\n")],
    ["a table", `${full("|a").slice(0, 8_000)}\n${full("|-").slice(0, 7_990)}`],
    ["a table both wide and tall", `${"|a".repeat(2_000)}\n${"|-".repeat(2_000)}\n${"a\n".repeat(4_000)}`],
    ["a table in quotes", `> ${"|a".repeat(2_000)}\n> ${"|-".repeat(2_000)}\n${"> a\n".repeat(2_000)}`],
    ["bars", full("|")],
    ["spoilers", full("||a ")],
    ["spoilers in lines", full("||a ||\n")],
    ["dollars", full("$")],
    ["formulas never closed", full("$a ")],
    ["formulas of lines", full("$$\na")],
    ["formulas of paragraphs", full("$$\n\n")],
    ["paragraphs", full("a\n\n")],
    ["one long word", full("a")],
  ])("%s", (_, body) => {
    const text = renderToStaticMarkup(<MessageBody body={body} />);
    expect(text.length).toBeGreaterThan(0);
  });
});

describe("emoji alone are large", () => {
  test.each(["😀", "👩‍🚀 🏳️‍🌈", "👍🏽", "🇺🇿", "❤️"])("%s", (body) => expect(isEmojiOnly(body)).toBe(true));
  test.each(["😀".repeat(23), "😀\n😀\n😀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])("%s", (body) => expect(isEmojiOnly(body)).toBe(true));
  test.each(["", "  ", "1", "ok 👍", "😀".repeat(24), "😀\n😀\n😀\n😀"])("not %j", (body) =>
    expect(isEmojiOnly(body)).toBe(false),
  );
});
