import { continueLine } from "@/lib/messages/compose/continue-list";
import { type Edit, edited, isInFence, type Writing } from "@/lib/messages/compose/edit";
import { isAddress, makeLink, toggleCode, toggleLines, toggleMark } from "@/lib/messages/compose/marks";

/** A text with its selection between « and », or its caret at |. */
function writing(drawn: string): Writing {
  const start = drawn.search(/[«¦]/);
  const text = drawn.replace(/[«»¦]/g, "");
  const end = drawn.includes("»") ? drawn.replace("«", "").indexOf("»") : start;
  return { text, start, end };
}

function drawn({ text, start, end }: Writing): string {
  if (start === end) return `${text.slice(0, start)}¦${text.slice(start)}`;
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

const result = (before: string, act: (writing: Writing) => Edit | null) => {
  const edit = act(writing(before));
  return edit === null ? null : drawn(edited(writing(before), edit));
};

describe("a mark goes around what is selected, and off again", () => {
  test.each([
    ["a «b» c", "a **«b»** c"],
    ["a **«b»** c", "a «b» c"],
    ["a «**b**» c", "a «b» c"],
    ["a « b » c", "a  **«b»**  c"],
    ["¦", "**¦**"],
    ["**¦**", "¦"],
  ])("%j bold", (before, expected) => {
    expect(result(before, (text) => toggleMark(text, "**"))).toBe(expected);
  });

  test.each([
    ["«b»", "_«b»_"],
    ["_«b»_", "«b»"],
    ["__«b»__", "___«b»___"],
  ])("%j italic", (before, expected) => {
    expect(result(before, (text) => toggleMark(text, "_"))).toBe(expected);
  });

  test.each([
    ["a «b»", "a `«b»`"],
    ["«a\nb»", "```\n«a\nb»\n```"],
    ["x «a\nb» y", "x \n```\n«a\nb»\n``` y"],
    ["«```js\na\nb\n```»", "«a\nb»"],
  ])("%j code", (before, expected) => {
    expect(result(before, toggleCode)?.replace("\n```\n y", "\n``` y")).toBe(expected);
  });
});

describe("a link", () => {
  test.each([
    ["see «here»", "see [here](¦)"],
    ["¦", "[¦]()"],
    ["«https://x.example»", "[¦](https://x.example)"],
    ["«a [b] c»", "[a \\[b\\] c](¦)"],
  ])("%j", (before, expected) => {
    expect(result(before, makeLink)).toBe(expected);
  });

  test("an address on selected words makes them a link", () => {
    expect(result("see «here» now", (text) => makeLink(text, "https://x.example"))).toBe(
      "see [here](https://x.example)¦ now",
    );
  });

  test.each(["https://x.example/a?b=c#d", "http://x"])("%j is an address", (text) =>
    expect(isAddress(text)).toBe(true),
  );
  test.each(["x.example", "https://x.example and", "javascript:alert(1)", "https://", ""])("%j is none", (text) =>
    expect(isAddress(text)).toBe(false),
  );
});

describe("lines become a quote or a list, and plain again", () => {
  test.each([
    ["bullets", "a\n«b\nc»\nd", "a\n«- b\n- c»\nd"],
    ["bullets", "«- b\n- c»", "«b\nc»"],
    ["numbers", "«- b\n- c»", "«1. b\n2. c»"],
    ["quote", "a¦", "> a¦"],
    ["quote", "> a¦", "a¦"],
    ["quote", "«- a\n- b»", "«> - a\n> - b»"],
    ["bullets", "¦", "- ¦"],
  ] as const)("%s: %j", (kind, before, expected) => {
    expect(result(before, (text) => toggleLines(text, kind))).toBe(expected);
  });
});

describe("a line break in a list goes on with it", () => {
  test.each([
    ["- a¦", "- a\n- ¦"],
    ["* a¦b", "* a\n* ¦b"],
    ["9. a¦", "9. a\n10. ¦"],
    ["1) a¦", "1) a\n2) ¦"],
    ["- [x] a¦", "- [x] a\n- [ ] ¦"],
    ["  - a¦", "  - a\n  - ¦"],
    ["> a¦", "> a\n> ¦"],
    ["> - a¦", "> - a\n> - ¦"],
    ["- a\n- ¦", "- a\n¦"],
    ["> a\n> ¦", "> a\n¦"],
  ])("%j", (before, expected) => {
    expect(result(before, continueLine)).toBe(expected);
  });

  test.each(["a¦", "-a¦", "¦- a", "«- a»", "- a\n\nb¦", "```\n- a¦", "2026 was¦"])("%j is none", (before) => {
    expect(result(before, continueLine)).toBeNull();
  });
});

test.each([
  ["```\na", true],
  ["```\na\n```\n", false],
  ["````\n```\n", true],
  ["a", false],
])("%j ends in an open fence: %s", (text, expected) => {
  expect(isInFence(text, text.length)).toBe(expected);
});
