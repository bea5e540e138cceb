import fc from "fast-check";
import { displayNameSchema, nicknameSchema, usernameSchema } from "@/lib/auth/name";

const accepts = (schema: typeof usernameSchema, name: string) => schema.safeParse(name).success;

describe("a username", () => {
  test.each(["ada", "Ada.L", "chidi_2", "dilnoza-k", "Zoë", "Алиса", "花子", "नेहा", "user.name-x_9", "a".repeat(32)])(
    "%s is accepted",
    (name) => expect(accepts(usernameSchema, name)).toBe(true),
  );

  test.each([
    ["one character", "a"],
    ["33 characters", "a".repeat(33)],
    ["10,000 characters", "a".repeat(10_000)],
    ["a space", "ada l"],
    ["a leading dot", ".ada"],
    ["a trailing hyphen", "ada-"],
    ["a bidi override", "ada\u202egro"],
    ["a zero-width space", "ada\u200bl"],
    ["a zero-width joiner", "ada\u200dl"],
    ["a soft hyphen", "a\u00adda"],
    ["tag characters", "ada\u{e0041}"],
    ["a control character", "ada\u0007"],
    ["NUL", "ada\u0000"],
    ["half a surrogate pair", "ada\ud800"],
    ["a Hangul filler, a letter that nobody sees", "a\u3164da"],
    ["a variation selector, a mark that nobody sees", "a\ufe0fda"],
    ["a tower of accents", `a${"\u0301\u0316".repeat(8)}da`],
    ["a leading accent", "\u0301ada"],
    ["an emoji", "ada🙂"],
    ["HTML", "<b>ada</b>"],
    ["SQL", "ada'; DROP TABLE accounts"],
    ["an at sign", "ada@example"],
    ["an unassigned character", "ada\u{e0fff}"],
  ])("is refused with %s", (_what, name) => expect(accepts(usernameSchema, name)).toBe(false));

  test("is stored in one normal form, whichever it was typed in", () => {
    expect(usernameSchema.parse("Ａｄａ")).toBe("Ada");
    expect(usernameSchema.parse("Zoe\u0308")).toBe(usernameSchema.parse("Zo\u00eb"));
  });

  test("that is accepted is accepted again as it was stored", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (typed) => {
        const stored = usernameSchema.safeParse(typed).data;
        if (stored !== undefined) expect(usernameSchema.parse(stored)).toBe(stored);
      }),
    );
  });

  test("never holds a character that cannot be seen, whatever was typed", () => {
    const sneaky = fc.constantFrom("\u200b", "\u202e", "\u2066", "\u{e0020}", "\u0000", "\u3164", "\ufeff", "\u2028");
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,9}$/), sneaky, fc.stringMatching(/^[a-z]{1,9}$/), (a, hidden, b) => {
        expect(accepts(usernameSchema, a + hidden + b)).toBe(false);
      }),
    );
  });

  test("of hostile length is judged quickly", () => {
    for (const piece of ["a.", "._-", "a\u0301", "a "])
      expect(accepts(nicknameSchema, piece.repeat(30_000))).toBe(false);
    expect(accepts(usernameSchema, `${"a._-".repeat(7)}a!`)).toBe(false);
  });
});

describe("a nickname", () => {
  test.each(["Ada", "Ada Lovelace", "Анна К", "mr.x"])("%s is accepted", (name) =>
    expect(accepts(nicknameSchema, name)).toBe(true),
  );

  test.each([" Ada", "Ada ", "Ada  Lovelace", "Ada\u00a0\u00a0L", "Ada\tL", "Ada\nL"])("%j is refused", (name) =>
    expect(accepts(nicknameSchema, name)).toBe(false),
  );
});

describe("a display name", () => {
  test.each(["A", "Ada Lovelace", "Dr. Chidi (he/him)", "O'Brien", "Ada 🙂", "<script>alert(1)</script>"])(
    "%s is accepted, and shown as text",
    (name) => expect(displayNameSchema.parse(name)).toBe(name),
  );

  test.each(["", " ", "a".repeat(65), "Ada\u202e", "Ada\u200b", "Ada\u2028L", " Ada", "Ada  L", "\u3164"])(
    "%j is refused",
    (name) => expect(accepts(displayNameSchema, name)).toBe(false),
  );
});
