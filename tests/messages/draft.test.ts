import { draftStore } from "@/lib/messages/draft";
import { charactersLeft } from "@/lib/messages/message-length";

function storage(items: Map<string, string>, full = false): Storage {
  return {
    length: items.size,
    key: () => null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      items.set(name, value);
    },
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  };
}

test("a draft outlives the page, per channel and account", () => {
  const items = new Map<string, string>();
  draftStore(storage(items), "ada.harbour").write("general", "half a thought");
  expect(draftStore(storage(items), "ada.harbour").read("general")).toBe("half a thought");
  expect(draftStore(storage(items), "ada.harbour").read("random")).toBe("");
  expect(draftStore(storage(items), "brook.harbour").read("general")).toBe("");
});

test("an empty text leaves nothing behind", () => {
  const items = new Map<string, string>();
  const drafts = draftStore(storage(items), "ada.harbour");
  drafts.write("general", "half a thought");
  drafts.write("general", "");
  expect(items.size).toBe(0);
  expect(drafts.read("general")).toBe("");
});

test("where nothing can be stored, a draft lives as long as the page", () => {
  for (const each of [null, storage(new Map(), true)]) {
    const drafts = draftStore(each, "ada.harbour");
    drafts.write("general", "half a thought");
    expect(drafts.read("general")).toBe("half a thought");
  }
});

test("the limit counts characters as people do, not halves of emoji", () => {
  expect(charactersLeft("a".repeat(16_000))).toBe(0);
  expect(charactersLeft("😀".repeat(16_000))).toBe(0);
  expect(charactersLeft("a".repeat(16_001))).toBe(-1);
});
