import type { Stream } from "@/lib/messages/stream";
import { NOBODY_TYPES, nextToPass, type TypingFact, typingReducer } from "@/lib/presence/typing.store";

const general: Stream = { channelId: "general", threadId: null };
const thread: Stream = { channelId: "general", threadId: "question" };
const stateOf = (...facts: TypingFact[]) => facts.reduce(typingReducer, NOBODY_TYPES);
const typing = (accountId: string, now: number, stream = general): TypingFact => ({
  type: "typing",
  stream,
  accountId,
  now,
});
const writers = (state: ReturnType<typeof stateOf>, key: string) => state.get(key)?.map(({ accountId }) => accountId);

describe("the line of who is writing", () => {
  it("keeps the order of beginning, and threads apart from their channel", () => {
    const state = stateOf(typing("ada", 0), typing("brook", 1), typing("ada", 2), typing("cleo", 3, thread));
    expect(writers(state, "general")).toEqual(["ada", "brook"]);
    expect(writers(state, "question")).toEqual(["cleo"]);
  });

  it("forgets a sign after 6 s, and not before", () => {
    const both = stateOf(typing("ada", 0), typing("brook", 1_000));
    expect(nextToPass(both)).toBe(6_000);
    expect(typingReducer(both, { type: "passed", now: 5_999 })).toBe(both);
    expect(writers(typingReducer(both, { type: "passed", now: 6_000 }), "general")).toEqual(["brook"]);
    expect(typingReducer(both, { type: "passed", now: 7_000 }).size).toBe(0);
    expect(nextToPass(stateOf())).toBeNull();
  });

  it("forgets whoever's message has come, in that place alone", () => {
    const state = stateOf(typing("ada", 0), typing("ada", 0, thread), typing("brook", 0), {
      type: "wrote",
      stream: general,
      accountId: "ada",
    });
    expect(writers(state, "general")).toEqual(["brook"]);
    expect(writers(state, "question")).toEqual(["ada"]);
  });

  it("knows nothing when the line is lost", () => {
    expect(stateOf(typing("ada", 0), { type: "lost" }).size).toBe(0);
  });
});
