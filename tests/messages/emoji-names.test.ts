import { loadEmoji, matching, queryAt } from "@/lib/messages/emoji/emoji";

test("a name is being typed after a colon that begins a word", () => {
  expect(queryAt("hello :smi", 10)).toEqual({ at: 6, name: "smi", closed: false });
  expect(queryAt(":smile:", 7)).toEqual({ at: 0, name: "smile", closed: true });
});

test.each(["at 14:05", "http://x", ":", ":s", ": smile", "a:smile"])("no name is being typed in %j", (text) => {
  expect(queryAt(text, text.length)).toBeNull();
});

test("only what stands before the caret counts", () => {
  expect(queryAt("hi :smile and more", 6)).toEqual({ at: 3, name: "sm", closed: false });
});

test("names that begin so come first, the shortest ahead", async () => {
  const names = matching(await loadEmoji(), "heart").map(({ name }) => name);
  expect(names[0]).toBe("heart");
  expect(names).toHaveLength(8);
});

test("an emoji is the one that a keyboard would type", async () => {
  const index = await loadEmoji();
  const symbol = (sought: string) => index.find(({ name }) => name === sought)?.symbol;
  expect(symbol("smile")).toBe("😄");
  expect(symbol("heart")).toBe("❤️");
  expect(symbol("+1")).toBe("👍");
});
