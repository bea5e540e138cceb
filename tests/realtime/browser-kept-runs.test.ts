import fc from "fast-check";
import type { ChannelChanges, MessagePage, SyncAnswer } from "@/lib/messages/message.events";
import { EMPTY_TIMELINE, endOf, reduceTimeline, type TimelineFact } from "@/lib/messages/message.store";
import { Timelines } from "@/lib/messages/timelines.store";
import { Follower } from "@/lib/realtime/browser/resync";
import { answerSync, handClock, type Log, logOf, messageOf, settled } from "@/tests/realtime/browser-stage";

const pageOf = (log: Log, from: number, to: number): MessagePage => {
  const messages = [...log.newest().values()].filter(({ seq }) => seq >= from && seq <= to);
  const last = log.newest().size;
  return {
    messages: messages.toSorted((a, b) => a.seq - b.seq),
    hasOlder: from > 1,
    hasNewer: to < last,
    version: log.version,
  };
};

const newest = (log: Log, count: number): TimelineFact => {
  const last = log.newest().size;
  return { type: "page", edge: "newest", page: pageOf(log, last - count + 1, last), life: 0 };
};

describe("what is kept of a channel", () => {
  test("is its newest messages, and that there are older ones", () => {
    const state = reduceTimeline(EMPTY_TIMELINE, newest(logOf(250), 250));
    const end = endOf(state);
    expect(end?.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => 51 + index));
    expect(end?.hasOlder).toBe(true);
  });

  test("is less of it where the messages are long", () => {
    const messages = Array.from({ length: 100 }, (_, index) => messageOf(index + 1, { body: "a".repeat(16_000) }));
    const page = { messages, hasOlder: false, hasNewer: false, version: 100 };
    const end = endOf(reduceTimeline(EMPTY_TIMELINE, { type: "page", edge: "newest", page, life: 0 }));
    expect(end?.messages.map(({ seq }) => seq)).toEqual([89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
    expect(end?.hasOlder).toBe(true);
  });

  test("is nothing while the newest are not held, or too much has changed", () => {
    const log = logOf(30);
    const around: TimelineFact = { type: "page", edge: "around", page: pageOf(log, 5, 15), life: 0 };
    expect(endOf(EMPTY_TIMELINE)).toBeNull();
    expect(endOf(reduceTimeline(EMPTY_TIMELINE, around))).toBeNull();
    const stale = [newest(log, 10), { type: "reset", to: 900 } as const].reduce(reduceTimeline, EMPTY_TIMELINE);
    expect(endOf(stale)).toBeNull();
  });

  test("is told anew when it changed, when it is void, and when the channel may not be read any more", () => {
    const timelines = new Timelines();
    const told: string[] = [];
    timelines.onHeld((channelId) => told.push(channelId));
    const log = logOf(3);
    timelines.dispatch("general", newest(log, 3));
    timelines.dispatch("general", { type: "asked", edge: "older" });
    expect(told).toEqual(["general"]);
    log.write(null);
    timelines.dispatch("general", { type: "changes", to: 4, messages: log.range(3, 4).messages });
    timelines.startNewLife();
    expect(endOf(timelines.get("general"))).toBeNull();
    timelines.forget("general");
    expect(told).toEqual(["general", "general", "general", "general"]);
  });

  test("holds no body of a message that was deleted", () => {
    const log = logOf(3);
    const deleted = messageOf(2, { version: 4, body: "", deletedAt: "2026-11-23T14:05:00.000Z" });
    const state = [newest(log, 3), { type: "changes", to: 4, messages: [deleted] } as const].reduce(
      reduceTimeline,
      EMPTY_TIMELINE,
    );
    expect(endOf(state)?.messages[1]).toEqual(deleted);
  });
});

test("what was kept is not drawn over what has come already", () => {
  const log = logOf(9);
  const restored: TimelineFact = { type: "restored", messages: [messageOf(1)], hasOlder: false, cursor: 1 };
  const state = [newest(log, 3), restored].reduce(reduceTimeline, EMPTY_TIMELINE);
  expect(state.messages.map(({ seq }) => seq)).toEqual([7, 8, 9]);
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("publish" as const), edit: fc.option(fc.nat()), copies: fc.nat(2) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("arrive" as const), at: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom("open", "older", "page", "answer", "pass", "heads", "keep", "reload") }),
  },
);

test("a visit that begins with what another kept ends with what the server holds, whenever it was kept", async () => {
  let restored = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80, size: "max" }), async (steps) => {
      const log = logOf(12);
      const clock = handClock();
      let underWay: ChannelChanges[] = [];
      let kept: { cursor: number; end: NonNullable<ReturnType<typeof endOf>> } | null = null;
      const visit = () => {
        const asked: (() => void)[] = [];
        const pages: TimelineFact[] = [];
        const sync = (cursors: Record<string, number>) =>
          new Promise<SyncAnswer>((resolve) => asked.push(() => resolve(answerSync([log], cursors))));
        const held = { state: EMPTY_TIMELINE };
        const take = (fact: TimelineFact) => {
          held.state = reduceTimeline(held.state, fact);
        };
        const follower = new Follower(
          {
            sync,
            onChange: ({ to, messages }) => take({ type: "changes", to, messages }),
            onJoined: () => {},
            onLeft: () => {},
            onResynced: () => {},
          },
          clock.after,
        );
        follower.setCursor("general", log.version);
        void follower.catchUp();
        if (kept !== null) {
          restored += 1;
          take({ type: "restored", ...kept.end, cursor: kept.cursor });
          follower.rewind({ general: kept.cursor });
        }
        return { asked, pages, held, take, follower };
      };
      let now = visit();
      for (const each of steps) {
        const { asked, pages, held, take, follower } = now;
        if (each.do === "publish") {
          log.write(each.edit);
          for (let copy = 0; copy < each.copies; copy += 1) underWay.push(log.range(log.version - 1, log.version));
        } else if (each.do === "arrive") {
          const [change] = underWay.splice(each.at % (underWay.length + 1), 1);
          if (change !== undefined) follower.receive(change);
        } else if (each.do === "open" && held.state.cursor === null && !held.state.loading.newest) {
          take({ type: "asked", edge: "newest" });
          pages.push(newest(log, 5));
        } else if (each.do === "older" && held.state.messages.length > 0 && !held.state.loading.older) {
          const first = held.state.messages[0]?.seq ?? 1;
          take({ type: "asked", edge: "older" });
          pages.push({ type: "page", edge: "older", page: pageOf(log, first - 3, first - 1), life: 0, beside: first });
        } else if (each.do === "page") {
          const page = pages.shift();
          if (page !== undefined) take(page);
        } else if (each.do === "answer") asked.shift()?.();
        else if (each.do === "pass") clock.pass();
        else if (each.do === "heads") follower.heads({ general: log.version });
        else if (each.do === "keep") {
          const end = endOf(held.state);
          const cursor = follower.cursorOf("general");
          kept = end === null || cursor === undefined ? null : { end, cursor };
        } else if (each.do === "reload") {
          follower.pause();
          underWay = [];
          now = visit();
        }
        await settled();
      }
      for (let quiet = false; !quiet; ) {
        for (const page of now.pages.splice(0)) now.take(page);
        now.follower.heads({ general: log.version });
        while (now.asked.length > 0) now.asked.shift()?.();
        await settled();
        quiet = !clock.pass() && now.asked.length === 0;
      }
      const { messages, cursor } = now.held.state;
      if (cursor === null) return;
      const first = messages[0]?.seq ?? 1;
      expect(messages).toEqual(pageOf(log, first, Number.POSITIVE_INFINITY).messages);
    }),
    { numRuns: 1_000 },
  );
  expect(restored).toBeGreaterThan(100);
});
