import { channelTitle, signedTitle } from "@/lib/channels/channel-title";

const NAMES = new Map(["Ada", "Brook", "Chidi", "Dora", "Emeka", "Farah"].map((name) => [name.toLowerCase(), name]));
const nameOf = (id: string) => NAMES.get(id);
const direct = (memberIds: string[]) => ({ kind: "direct" as const, name: "", memberIds });

test.each([
  [["ada"], "Ada (notes)"],
  [["ada", "brook"], "Brook"],
  [["ada", "brook", "chidi", "dora", "emeka"], "Brook, Chidi, Dora, Emeka"],
  [["ada", "brook", "chidi", "dora", "emeka", "farah"], "Brook, Chidi, Dora and 2 more"],
  [["ada", "gone"], "Somebody"],
])("to Ada, the conversation of %j is called %j", (memberIds, title) => {
  expect(channelTitle(direct(memberIds), "ada", nameOf)).toBe(title);
  expect(signedTitle(direct(memberIds), "ada", nameOf)).toBe(title);
});

test("any other channel is called by its own name, with its sign in a text", () => {
  const general = { kind: "public" as const, name: "general", memberIds: null };
  expect(channelTitle(general, "ada", nameOf)).toBe("general");
  expect(signedTitle(general, "ada", nameOf)).toBe("#general");
});
