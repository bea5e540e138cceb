import fc from "fast-check";
import type { ChannelChanges, SyncAnswer } from "@/lib/messages/message.events";
import { isPlaced } from "@/lib/messages/stream";
import { type Change, Follower } from "@/lib/realtime/browser/resync";
import { inOrder } from "@/lib/realtime/position";
import { Refusal } from "@/lib/shared/errors";
import { answerSync, handClock, type Log, logOf, settled } from "@/tests/realtime/browser-stage";

/** A follower of some logs, with a wire and a clock in the test's hand; keeps what it was told. */
function follow(logs: Log[]) {
  const clock = handClock();
  const told: Change[] = [];
  const asked: { cursors: Record<string, number>; answer: () => void; fail: (error: Error) => void }[] = [];
  const resynced = jest.fn();
  const sync = (cursors: Record<string, number>) =>
    new Promise<SyncAnswer>((resolve, reject) => {
      asked.push({ cursors, answer: () => resolve(answerSync(logs, cursors)), fail: reject });
    });
  const follower = new Follower(
    { sync, onChange: (change) => told.push(change), onJoined: () => {}, onLeft: () => {}, onResynced: resynced },
    clock.after,
  );
  for (const { channelId, version } of logs) follower.setCursor(channelId, version);
  const spans = () => told.map(({ from, to }) => [from, to]);
  return { clock, told, asked, resynced, follower, spans };
}

async function level(logs: Log[]) {
  const together = follow(logs);
  void together.follower.catchUp();
  together.asked.shift()?.answer();
  await settled();
  return together;
}

describe("a change that overtakes another", () => {
  test("is held for a moment and taken in its turn, without a question", async () => {
    const log = logOf(3);
    const { follower, clock, asked, spans } = await level([log]);
    for (let version = 4; version <= 6; version += 1) log.write(null);
    follower.receive(log.range(5, 6));
    follower.receive(log.range(4, 5));
    expect(spans()).toEqual([]);
    expect(clock.waits()).toEqual([200]);
    follower.receive(log.range(3, 4));
    expect(spans()).toEqual([
      [3, 4],
      [4, 5],
      [5, 6],
    ]);
    expect(clock.waits()).toEqual([]);
    expect(asked).toEqual([]);
  });

  test("is followed by one question when the gap stays", async () => {
    const log = logOf(3);
    const { follower, clock, asked, spans } = await level([log]);
    for (let version = 4; version <= 6; version += 1) log.write(null);
    follower.receive(log.range(5, 6));
    expect(asked).toEqual([]);
    clock.pass();
    expect(asked).toMatchObject([{ cursors: { general: 3 } }]);
    asked[0]?.answer();
    await settled();
    expect(spans()).toEqual([[3, 6]]);
    expect(clock.waits()).toEqual([]);
  });

  test("does not hold up another channel", async () => {
    const logs = [logOf(3), logOf(3, "random")] as const;
    const { follower, told } = await level([...logs]);
    for (const log of logs) log.write(null);
    for (const log of logs) log.write(null);
    follower.receive(logs[0].range(4, 5));
    follower.receive(logs[1].range(3, 4));
    expect(told.map(({ channelId, to }) => [channelId, to])).toEqual([["random", 4]]);
  });

  test("counts for a channel that one only just enters", async () => {
    const log = logOf(5);
    const { follower, spans } = await level([]);
    follower.receive(log.range(4, 5));
    follower.setCursor("general", 4);
    expect(spans()).toEqual([[4, 5]]);
  });
});

test("a change that leaves no gap is taken at once, also while a question is under way", async () => {
  const logs = [logOf(3), logOf(3, "random")] as const;
  const { follower, clock, asked, told } = await level([...logs]);
  for (const log of logs) log.write(null);
  logs[0].write(null);
  follower.receive(logs[0].range(4, 5));
  clock.pass();
  follower.receive(logs[1].range(3, 4));
  expect(told.map(({ channelId, to }) => [channelId, to])).toEqual([["random", 4]]);
  asked[0]?.answer();
  await settled();
  expect(told.map(({ channelId, to }) => [channelId, to])).toEqual([
    ["random", 4],
    ["general", 5],
  ]);
});

test("a gap that no answer closes is asked about more and more slowly", async () => {
  const { follower, clock, asked } = await level([logOf(3)]);
  follower.receive({ channelId: "general", from: 8, to: 9, messages: [] });
  const waits: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    waits.push(...clock.waits());
    clock.pass();
    asked.shift()?.answer();
    await settled();
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBeGreaterThan(2_000);
});

test("a server that asks to wait is waited for", async () => {
  const { follower, clock, asked } = follow([logOf(3)]);
  void follower.catchUp();
  asked[0]?.fail(new Refusal("unavailable", "busy", { retryAfterMs: 20_000 }));
  await settled();
  const [ms = 0] = clock.waits();
  expect(ms).toBeGreaterThanOrEqual(20_000);
  expect(ms).toBeLessThanOrEqual(30_000);
});

test("channels held from an earlier visit are told all that changed since, by one question", async () => {
  const logs = [logOf(9), logOf(9, "random"), logOf(9, "quiet")];
  const { follower, asked, told } = await level(logs);
  follower.rewind({ general: 4, random: 7, quiet: 9 });
  expect(asked).toMatchObject([{ cursors: { general: 4, random: 7, quiet: 9 } }]);
  asked[0]?.answer();
  await settled();
  expect(told.map(({ channelId, from, to }) => [channelId, from, to])).toEqual([
    ["general", 4, 9],
    ["random", 7, 9],
  ]);
});

test("what was held from an earlier visit is asked about with the first question of a connection", async () => {
  const log = logOf(9);
  const { follower, asked } = follow([log]);
  follower.rewind({ general: 4 });
  expect(asked).toEqual([]);
  void follower.catchUp();
  expect(asked).toMatchObject([{ cursors: { general: 4 } }]);
});

test("an answer from before the earlier places were named is void", async () => {
  const log = logOf(9);
  const { follower, asked, spans } = follow([log]);
  void follower.catchUp();
  follower.rewind({ general: 4 });
  asked[0]?.answer();
  asked[1]?.answer();
  await settled();
  expect(spans()).toEqual([[4, 9]]);
});

test("of ranges in any order, those are taken that follow one another, and no version twice", () => {
  const range = fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 4 })).map(([from, size]) => ({ from, to: from + size }));
  fc.assert(
    fc.property(fc.nat(6), fc.array(range), (cursor, ranges) => {
      const { taken, left } = inOrder(cursor, ranges);
      let reached = cursor;
      for (const { from, to } of taken) {
        expect(from).toBe(reached);
        reached = to;
      }
      for (const { from, to } of left) {
        expect(to).toBeGreaterThan(reached);
        expect(from).not.toBe(reached);
      }
    }),
  );
});

/** What happens on the way: changes are published (in runs, once, twice or never), arrive in any order, time passes. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("publish" as const),
      log: fc.nat(1),
      edits: fc.array(fc.option(fc.nat()), { minLength: 1, maxLength: 3 }),
      copies: fc.nat(2),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("arrive" as const), at: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("pass" as const, "answer" as const, "fail" as const, "heads" as const, "cut" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("rewind" as const), log: fc.nat(1), by: fc.integer({ min: 1, max: 4 }) }),
  },
);

test("whatever is lost, repeated or overtaken, every version is told once and in order, and the log's state is reached", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
      const logs = [logOf(2), logOf(2, "random")];
      const { follower, clock, asked, told } = follow(logs);
      const underWay: ChannelChanges[] = [];
      const places = new Map(logs.map(({ channelId, version }) => [channelId, version]));
      const states = new Map(logs.map((log) => [log.channelId, log.newest()]));
      const heads = () =>
        follower.heads(Object.fromEntries(logs.map(({ channelId, version }) => [channelId, version])));
      const take = async () => {
        await settled();
        for (const { channelId, from, to, messages } of told.splice(0)) {
          expect(from).toBe(places.get(channelId));
          expect(to).toBeGreaterThan(from);
          places.set(channelId, to);
          for (const message of messages.filter(isPlaced)) states.get(channelId)?.set(message.seq, message);
        }
      };
      void follower.catchUp();
      for (const each of steps) {
        if (each.do === "publish") {
          const log = logs[each.log];
          if (log === undefined) continue;
          const from = log.version;
          for (const edit of each.edits) log.write(edit);
          for (let copy = 0; copy < each.copies; copy += 1) underWay.push(log.range(from, log.version));
        } else if (each.do === "arrive") {
          const [change] = underWay.splice(each.at % (underWay.length + 1), 1);
          if (change !== undefined) follower.receive(change);
        } else if (each.do === "rewind") {
          const channelId = logs[each.log]?.channelId ?? "";
          const version = Math.max(0, (places.get(channelId) ?? 0) - each.by);
          follower.rewind({ [channelId]: version });
          places.set(channelId, version);
          states.set(channelId, logs[each.log]?.newest(version) ?? new Map());
        } else if (each.do === "pass") clock.pass();
        else if (each.do === "answer") asked.shift()?.answer();
        else if (each.do === "fail") asked.shift()?.fail(new Error("no answer"));
        else if (each.do === "heads") heads();
        else {
          follower.pause();
          void follower.catchUp();
        }
        await take();
      }
      for (const change of underWay) follower.receive(change);
      for (let quiet = false; !quiet; ) {
        heads();
        while (asked.length > 0) asked.shift()?.answer();
        await take();
        quiet = !clock.pass() && asked.length === 0;
      }
      for (const log of logs) {
        expect(places.get(log.channelId)).toBe(log.version);
        expect(states.get(log.channelId)).toEqual(log.newest());
      }
    }),
    { numRuns: 500 },
  );
});
