import fc from "fast-check";
import { foldCase, skeleton, skeletonsOf } from "@/lib/auth/skeleton";

/** Whether one of the two could not be taken while the other is there. */
const clash = (a: string, b: string) => skeletonsOf(a).some((claim) => skeletonsOf(b).includes(claim));

describe("two names are one name", () => {
  test.each([
    ["in another case", "Ada", "aDA"],
    ["in fullwidth letters", "ada", "ａｄａ"],
    ["in mathematical letters", "ada", "𝐚𝒅𝓪"],
    ["with a Cyrillic а", "ada", "аda"],
    ["all in Cyrillic", "cope", "соре"],
    ["with Cyrillic capitals", "BEAT", "ВЕАТ"],
    ["with Cyrillic capitals for small letters", "beth", "ВЕТН"],
    ["with small Cyrillic letters that look like small capitals", "kate", "катe"],
    ["with a Greek omicron", "bob", "bοb"],
    ["with Greek capitals", "HANNAH", "ΗΑΝΝΑΗ"],
    ["Greek against Cyrillic", "ΑΤΟΜ", "АТОМ"],
    ["with 0 for o", "bob", "b0b"],
    ["with 1 for l", "elle", "e1le"],
    ["with a capital I for l", "elle", "eIle"],
    ["with rn for m", "modem", "rnodern"],
    ["with composed and decomposed accents", "Zo\u00eb", "Zoe\u0308"],
    ["with a dotless i", "kim", "kım"],
    ["with ß for ss", "strasse", "straße"],
    ["with final sigma", "ΟΔΟΣ", "οδος"],
    ["with a Cherokee Ꭺ", "Ada", "Ꭺda"],
  ])("%s", (_how, a, b) => expect(clash(a, b)).toBe(true));
});

test.each([
  ["ada", "adam"],
  ["zoe", "zoë"],
  ["ada.l", "ada-l"],
  ["user2", "user3"],
  ["ian", "lan"],
  ["Анна", "Алла"],
  ["花子", "花男"],
])("%s and %s are two names", (a, b) => expect(clash(a, b)).toBe(false));

const letters = fc.array(
  fc.constantFrom(..."abcmnoIlHhKkTt01АаВвЕеКкМмНнОоРрСсТтХхУуΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβηικνορτυχςσẞßİıéё".split("")),
  { minLength: 1, maxLength: 12 },
);

test("a name clashes with itself in any case", () => {
  fc.assert(
    fc.property(letters, (characters) => {
      const name = characters.join("");
      expect(clash(name, foldCase(name))).toBe(true);
      expect(clash(name, name.normalize("NFD"))).toBe(true);
    }),
  );
});

test("a skeleton is its own skeleton, for any text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        letters.map((characters) => characters.join("")),
        fc.string({ unit: "grapheme" }),
      ),
      (text) => {
        expect(skeleton(skeleton(text))).toBe(skeleton(text));
      },
    ),
  );
});
