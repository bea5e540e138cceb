import fc from "fast-check";
import { calledIn } from "@/lib/messages/mentions/called-names";
import { mentionPieces, mentionPlaces } from "@/lib/messages/mentions/mention-text";
import { callsMany } from "@/lib/messages/mentions/places-called";

const namesIn = (text: string) => mentionPlaces(text).map(({ names }) => names);

test.each([
  ["@ada", [["ada"]]],
  ["hello @ada.", [["ada"]]],
  ["(@ada) and @brook's boat", [["ada"], ["brook"]]],
  ["@ada.brook, look", [["ada.brook", "ada"]]],
  ["@Visitor Jones said", [["Visitor Jones said", "Visitor Jones", "Visitor"]]],
  ["@אדה and @李四", [["אדה and", "אדה"], ["李四"]]],
  ["me@ada.example", []],
  ["a@b @ c @@ada", []],
  ["https://parley.example/@ada", []],
])("in %j somebody may be called as %j", (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

test("the longest name that is somebody's is meant, and the text stays whole", () => {
  const known = new Map([
    ["ada", "1"],
    ["ada brook", "2"],
  ]);
  const pieces = mentionPieces("@ada brook said to @ada and @chidi", (name) => known.get(name.toLowerCase()) ?? null);
  expect(pieces).toEqual([
    { text: "@ada brook", called: "2" },
    { text: " said to ", called: null },
    { text: "@ada", called: "1" },
    { text: " and @chidi", called: null },
  ]);
});

test("whatever is written, the pieces together are what was written", () => {
  const piece = fc.constantFrom("@", "ada", " ", ".", "é", "channel", "@here", "👋", "\n", "a@b");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const text = parts.join("");
      const pieces = mentionPieces(text, (name) => (name.length % 2 === 0 ? name : null));
      expect(pieces.map((one) => one.text).join("")).toBe(text);
    }),
  );
});

test("code, formulas and quotes call nobody", () => {
  expect(calledIn("`@ada`")).toBeNull();
  expect(calledIn("```\n@ada\n```")).toBeNull();
  expect(calledIn("> @ada said so")).toBeNull();
  expect(calledIn("nobody")).toBeNull();
  expect(calledIn("**@ada**, [@brook](https://parley.example)")?.names.map(({ skeleton }) => skeleton)).toEqual([
    "ada",
    "brook",
  ]);
});

test("the words that call many are known by themselves", () => {
  expect(calledIn("@channel, look")?.words).toEqual(["channel"]);
  expect(calledIn("@Here we are")?.words).toEqual(["here"]);
  expect(callsMany("dear @channel")).toBe(true);
  expect(callsMany("dear @channel.")).toBe(true);
  for (const text of ["dear @channels", "@channel-boats", "@here.there", "@here_be", "`@channel`", "> @channel"])
    expect(callsMany(text)).toBe(false);
});
