import type { Browser, Page } from "playwright-core";
import { openChannel } from "@/tests/journeys/timeline-visit";
import { openBrowser, PHONE } from "@/tests/support/browser";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let browser: Browser;
let ada: Person;
let page: Page;
let faults: string[];

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  browser = await openBrowser();
  ada = await joinParley(parley.origin, "ada");
  ({ page, faults } = await openChannel(browser, parley.origin, ada, "general"));
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await box().waitFor();
});

afterAll(async () => {
  await browser.close();
  await parley.stop();
});

beforeEach(async () => {
  await box().fill("");
  await box().focus();
});

const box = (where = page) => where.getByRole("textbox", { name: "Message #general" });
const written = () => box().inputValue();

/** Waits until the box holds a text, because a paste may first fetch what reads it. */
async function holds(text: string): Promise<void> {
  await page
    .waitForFunction((expected) => document.querySelector("textarea")?.value === expected, text, { timeout: 5_000 })
    .catch(() => undefined);
  expect(await written()).toBe(text);
}

async function select(from: number, to: number): Promise<void> {
  await box().evaluate(
    (area, [start = 0, end = 0]) => {
      if (area instanceof HTMLTextAreaElement) area.setSelectionRange(start, end);
    },
    [from, to],
  );
}

/** A paste of what a page or a program put on the clipboard. */
async function paste(data: Record<string, string>): Promise<void> {
  await box().evaluate((area, given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    const taken = !area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    // Only a real key press makes the browser paste by itself.
    if (!taken) document.execCommand("insertText", false, given["text/plain"] ?? "");
  }, data);
}

describe("keys format what is selected, and Ctrl+Z takes each back", () => {
  test.each([
    ["Control+b", "say **word** now"],
    ["Control+i", "say _word_ now"],
    ["Control+e", "say `word` now"],
    ["Control+Shift+x", "say ~~word~~ now"],
    ["Control+k", "say [word]() now"],
  ])("%s", async (keys, expected) => {
    await box().pressSequentially("say word now");
    await select(4, 8);
    await page.keyboard.press(keys);
    expect(await written()).toBe(expected);
    await page.keyboard.press("Control+z");
    expect(await written()).toBe("say word now");
    await page.keyboard.press("Control+Shift+z");
    expect(await written()).toBe(expected);
  });

  test("a second press takes the mark off, and the words stay selected", async () => {
    await box().pressSequentially("word");
    await select(0, 4);
    await page.keyboard.press("Control+b");
    await page.keyboard.press("Control+i");
    expect(await written()).toBe("**_word_**");
    await page.keyboard.press("Control+i");
    await page.keyboard.press("Control+b");
    expect(await written()).toBe("word");
    await page.keyboard.type("other");
    expect(await written()).toBe("other");
  });

  test("an emoji chosen by name is taken back like anything typed", async () => {
    await box().pressSequentially("so :smile:");
    await holds("so 😄");
    await page.keyboard.press("Control+z");
    expect(await written()).toMatch(/^so :smile/);
  });
});

describe("the toolbar", () => {
  const bar = (where = page) => where.getByRole("toolbar", { name: "Formatting" });

  test("shows with the focus and moves nothing", async () => {
    const height = () => page.getByRole("log").evaluate((element) => element.clientHeight);
    const before = await height();
    expect(await bar().isVisible()).toBe(true);
    await page.getByRole("log").focus();
    await bar().waitFor({ state: "hidden" });
    expect(await height()).toBe(before);
  });

  test("works by mouse and keeps the selection", async () => {
    await box().pressSequentially("word");
    await select(0, 4);
    await bar().getByRole("button", { name: "Bold" }).click();
    await bar().getByRole("button", { name: "Bulleted list" }).click();
    expect(await written()).toBe("- **word**");
    expect(await box().evaluate((area) => area === document.activeElement)).toBe(true);
  });

  test("is one stop for Tab, and arrows go along it", async () => {
    await box().pressSequentially("a line");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Quote");
    await page.keyboard.press("Enter");
    expect(await written()).toBe("> a line");
    expect(await box().evaluate((area) => area === document.activeElement)).toBe(true);
  });

  test("scrolls on a phone, within reach of a thumb", async () => {
    const { page: phone } = await openChannel(browser, parley.origin, ada, "general", PHONE);
    await box(phone).tap();
    const sizes = await bar(phone)
      .getByRole("button")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    for (const { width, height } of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    const send = await phone.getByRole("button", { name: "Send" }).boundingBox();
    expect(send?.y).toBe(sizes[0]?.y);
    const [wide, window] = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide).toBe(window);
    await phone.context().close();
  });
});

describe("lists and code go on", () => {
  test("Shift+Enter begins the next item, and ends the list in an empty one", async () => {
    await box().pressSequentially("1. one");
    await page.keyboard.press("Shift+Enter");
    await box().pressSequentially("two");
    await page.keyboard.press("Shift+Enter");
    expect(await written()).toBe("1. one\n2. two\n3. ");
    await page.keyboard.press("Shift+Enter");
    await box().pressSequentially("after");
    expect(await written()).toBe("1. one\n2. two\nafter");
    for (let count = 0; count < 30 && (await written()) !== ""; count += 1) await page.keyboard.press("Control+z");
    expect(await written()).toBe("");
  });

  test("Enter breaks the line inside a fence, and sends after it", async () => {
    await box().pressSequentially("```");
    await page.keyboard.press("Enter");
    await box().pressSequentially("let fenced;");
    await page.keyboard.press("Enter");
    await box().pressSequentially("```");
    expect(await written()).toBe("```\nlet fenced;\n```");
    await page.keyboard.press("Enter");
    await page.locator("[data-seq] pre", { hasText: "let fenced;" }).waitFor();
    expect(await written()).toBe("");
  });

  test("while an input method composes, no key is taken from it", async () => {
    await box().pressSequentially("- ni");
    await box().evaluate((area) => {
      for (const key of ["b", "Enter"]) {
        const press = { key, ctrlKey: key === "b", shiftKey: key === "Enter", isComposing: true, bubbles: true };
        area.dispatchEvent(new KeyboardEvent("keydown", press));
      }
    });
    expect(await written()).toBe("- ni");
  });
});

describe("formatted text becomes Markdown", () => {
  test.each<[string, string, string]>([
    ["bold, italic, struck", "<p><b>a</b> <i>b</i> <s>c</s> <b><i>d</i></b></p>", "**a** *b* ~~c~~ ***d***"],
    ["marks that touch", "<b>a</b><b>b</b><i>c</i>", "**ab***c*"],
    ["blanks in marks", "<b>a </b>b", "**a** b"],
    ["headings", "<h2><b>Plan</b></h2><p>text</p>", "## Plan\n\ntext"],
    ["a link", '<a href="https://x.example/a">words</a>', "[words](https://x.example/a)"],
    ["an address", '<a href="https://x.example/">https://x.example/</a>', "https://x.example/"],
    ["a link that leads nowhere good", '<a href="javascript:alert(1)">words</a> <b>x</b>', "words **x**"],
    ["a list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"],
    ["a numbered list", '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>', "3. a\n4. b"],
    [
      "tasks",
      '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
      "- [x] a\n- [ ] b",
    ],
    ["a quote", "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"],
    ["code", "<p>run <code>a*b</code></p>", "run `a*b`"],
    ["a block of code", '<pre><code class="language-js">a();\n  b();\n</code></pre>', "```js\na();\n  b();\n```"],
    [
      "GitHub's code",
      '<div class="highlight highlight-source-ts"><pre>let <span>a</span>;</pre></div>',
      "```ts\nlet a;\n```",
    ],
    [
      "a table",
      "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td><b>3</b></td></tr></table>",
      "| a | b |\n| --- | --- |\n| 1\\|2 | **3** |",
    ],
    ["a table for layout", "<table><tr><td><p>a</p><p>b</p></td></tr></table><b>c</b>", "a\n\nb\n\n**c**"],
    ["breaks", "a<br>b<div>c</div><hr><b>d</b>", "a\nb\n\nc\n\n---\n\n**d**"],
    ["a picture", '<img src="https://x.example/c.png" alt="a cat">', "![a cat](https://x.example/c.png)"],
    ["a picture of an emoji", '<b>so</b> <img src="https://x.example/e.png" alt="😀">', "**so** 😀"],
    [
      "Slack's emoji",
      '<b>so</b> <img data-stringify-emoji=":our_logo:" src="https://x.example/e.png">',
      "**so** :our_logo:",
    ],
    [
      "text that looks like marks",
      "<b>a</b> *b* _c_ `d` 2 * 3 snake_case",
      "**a** \\*b\\* \\_c\\_ \\`d\\` 2 * 3 snake_case",
    ],
    ["lines that look like marks", "<p># a</p><p>1. b</p><p>- c</p><b>d</b>", "\\# a\n\n1\\. b\n\n\\- c\n\n**d**"],
    [
      "Google Docs",
      '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700;">bold</span><span style="font-style:italic;"> and leaning</span></p><ul><li dir="ltr"><p><span style="font-weight:400;">item</span></p></li></ul></b>',
      "**bold** *and leaning*\n\n- item",
    ],
    [
      "Word",
      "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment--><p class=MsoNormal><b>Plan<o:p></o:p></b></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>   </span></span><![endif]>one</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.</span>two</p><!--EndFragment--></body></html>",
      "**Plan**\n\n- one\n   1. two",
    ],
    [
      "hostile",
      '<p title=" style=x">a style="b"</p><script>window.pwned=1</script><img src=x onerror="window.pwned=1"><style>*{display:none}</style><iframe src="https://x.example"></iframe><b onclick="window.pwned=1">safe</b>',
      'a style="b"\n\n**safe**',
    ],
  ])("%s", async (_, html, expected) => {
    await paste({ "text/html": html, "text/plain": "the plain text" });
    await holds(expected);
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    await page.keyboard.press("Control+z");
    expect(await written()).toBe("");
  });

  test("where the caret is, in the place of what is selected", async () => {
    await box().pressSequentially("one two three");
    await select(4, 7);
    await paste({ "text/html": "<b>2</b>", "text/plain": "2" });
    await holds("one **2** three");
    await page.keyboard.type("!");
    expect(await written()).toBe("one **2**! three");
  });

  test("by the keys; with Shift, as plain text", async () => {
    await page.evaluate(() => {
      const as = (type: string, text: string) => new Blob([text], { type });
      return navigator.clipboard.write([
        new ClipboardItem({
          "text/html": as("text/html", "<p>one <b>two</b></p>"),
          "text/plain": as("text/plain", "one two"),
        }),
      ]);
    });
    await page.keyboard.press("Control+v");
    await holds("one **two**");
    await box().fill("");
    await page.keyboard.press("Control+Shift+v");
    await holds("one two");
  });
});

describe("what is better plain stays so", () => {
  test.each<[string, Record<string, string>, string]>([
    ["plain text", { "text/plain": "a *b* <c>" }, "a *b* <c>"],
    [
      "an address with its title",
      { "text/plain": "https://x.example/a", "text/html": '<a href="https://x.example/a">Title</a>' },
      "https://x.example/a",
    ],
    [
      "code from an editor",
      { "text/plain": "let a;", "text/html": "<div><b>let</b> a;</div>", "vscode-editor-data": "{}" },
      "let a;",
    ],
  ])("%s", async (_, data, expected) => {
    await paste(data);
    await holds(expected);
  });

  test("inside a fence", async () => {
    await box().pressSequentially("```");
    await page.keyboard.press("Enter");
    await paste({ "text/plain": "a b", "text/html": "<b>a</b> b" });
    await holds("```\na b");
  });
});

test("an address pasted over words makes them a link, and over an address takes its place", async () => {
  await box().pressSequentially("see here now");
  await select(4, 8);
  await paste({ "text/plain": "https://x.example/a" });
  await holds("see [here](https://x.example/a) now");
  await page.keyboard.press("Control+z");
  expect(await written()).toBe("see here now");
  await box().fill("https://old.example");
  await select(0, 19);
  await paste({ "text/plain": "https://new.example" });
  await holds("https://new.example");
});

test("none of it broke the policy of the page", () => {
  expect(faults).toEqual([]);
});
