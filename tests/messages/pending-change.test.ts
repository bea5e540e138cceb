import fc from "fast-check";
import { quotation } from "@/lib/messages/actions/quotation";
import { type PendingChange, withChanges } from "@/lib/messages/changes/pending-change";
import { findEmoji, inTone, loadCatalogue } from "@/lib/messages/emoji/catalogue";
import { reactionEmoji } from "@/lib/messages/emoji/reaction-emoji";
import { afterChanges } from "@/lib/messages/pins.store";
import { messageOf } from "@/tests/realtime/browser-stage";

const pending = (kind: PendingChange["kind"], more: Partial<PendingChange> = {}): PendingChange => ({
  kind,
  messageId: "message-1",
  channelId: "general",
  text: "",
  askedAt: "2026-11-23T15:00:00.000Z",
  dueAt: 0,
  failure: null,
  ...more,
});
const shown = (...changes: PendingChange[]) => withChanges(messageOf(1), changes, "brook");

describe("a message with pending changes", () => {
  it("is drawn as it will be", () => {
    expect(shown(pending("edit", { text: "better" }))).toMatchObject({ body: "better", editedAt: expect.any(String) });
    expect(shown(pending("pin"))).toMatchObject({ pinnedBy: "brook" });
    expect(shown(pending("react", { text: "👍" })).reactions).toEqual([{ emoji: "👍", accountIds: ["brook"] }]);
    expect(shown(pending("delete"))).toMatchObject({ body: "", deletedAt: expect.any(String) });
    expect(shown(pending("delete", { dueAt: 99 }))).toMatchObject({ body: "body 1", going: true, deletedAt: null });
  });

  it("keeps what it says where an edit was refused, and says so", () => {
    const failure = { code: "forbidden", message: "No." } as const;
    expect(shown(pending("edit", { text: "better", failure }))).toMatchObject({
      body: "body 1",
      unsaved: { body: "better", reason: "No." },
    });
  });

  it("that they are not about is the same object", () => {
    const message = messageOf(2);
    expect(withChanges(message, [pending("delete")], "brook")).toBe(message);
  });

  it("counts everybody who reacts once, whatever is asked for in whatever order", () => {
    const one = fc.record({
      kind: fc.constantFrom("react" as const, "unreact" as const),
      text: fc.constantFrom("a", "b"),
    });
    fc.assert(
      fc.property(fc.array(one), (asked) => {
        const message = messageOf(1, { reactions: [{ emoji: "a", accountIds: ["ada", "brook"] }] });
        const { reactions } = withChanges(
          message,
          asked.map(({ kind, text }) => pending(kind, { text })),
          "brook",
        );
        for (const { accountIds } of reactions) {
          expect(accountIds.length).toBeGreaterThan(0);
          expect(new Set(accountIds).size).toBe(accountIds.length);
        }
        for (const emoji of ["a", "b"]) {
          const last = asked.findLast(({ text }) => text === emoji)?.kind ?? (emoji === "a" ? "react" : "unreact");
          const given = reactions.find((each) => each.emoji === emoji)?.accountIds.includes("brook") === true;
          expect(given).toBe(last === "react");
        }
      }),
    );
  });
});

describe("the list of pinned messages", () => {
  it("follows what changes in the channel, the latest pin first", () => {
    const old = messageOf(1, { version: 1, pinnedAt: "2026-11-23T10:00:00.000Z" });
    const fresh = messageOf(2, { version: 5, pinnedAt: "2026-11-23T11:00:00.000Z" });
    expect(afterChanges([old], [fresh, messageOf(3)])).toEqual([fresh, old]);
    expect(afterChanges([fresh, old], [messageOf(2, { version: 6 })])).toEqual([old]);
    expect(afterChanges([fresh], [messageOf(2, { version: 4 })])).toEqual([fresh]);
  });
});

describe("a quotation", () => {
  it("marks every line, takes the name at its word, and ends so that one writes on below", () => {
    expect(quotation({ body: "one\n\ntwo\n", authorName: "A]b", address: "http://x/y" })).toBe(
      "> one\n>\n> two\n>\n> — [A\\]b](http://x/y)\n\n",
    );
  });

  it("of a long message is cut", () => {
    const text = quotation({ body: "🎉".repeat(2_000), authorName: "Ada", address: "http://x/y" });
    expect(text).toContain(`${"🎉".repeat(1_000)}…`);
    expect(text).not.toContain("🎉".repeat(1_001));
  });
});

describe("the emoji that one searches", () => {
  it.each([
    ["tada", "🎉"],
    ["party pop", "🎉"],
    [":+1:", "👍️"],
    ["rocket", "🚀"],
    ["heart", "❤️"],
    ["flag ger", "🇩🇪"],
  ])("for %s begins with %s", async (sought, symbol) => {
    const [first] = findEmoji(await loadCatalogue(), sought);
    expect(first?.symbol.replaceAll("\ufe0f", "")).toBe(symbol.replaceAll("\ufe0f", ""));
  });

  it("finds nothing for what is none", async () => {
    expect(findEmoji(await loadCatalogue(), "qqqq")).toEqual([]);
  });

  it("can each be reacted with, in every tone", async () => {
    for (const { emoji } of await loadCatalogue()) {
      for (const one of emoji) {
        for (const tone of [0, 1, 2, 3, 4, 5] as const) {
          expect([one.label, reactionEmoji(inTone(one, tone))]).not.toEqual([one.label, null]);
        }
      }
    }
  });
});
