import fc from "fast-check";
import type { MessagePage, MessageView, PlacedMessage } from "@/lib/messages/message.events";
import {
  type Edge,
  EMPTY_TIMELINE,
  reduceTimeline,
  type TimelineFact,
  type TimelineState,
} from "@/lib/messages/message.store";
import { messageOf } from "@/tests/realtime/browser-stage";

/** A channel as the server holds it. */
class Channel {
  readonly messages: PlacedMessage[] = [];
  version = 0;

  say(id: string): PlacedMessage {
    this.version += 1;
    const message = messageOf(this.messages.length + 1, { id, version: this.version });
    this.messages.push(message);
    return message;
  }

  edit(seq: number): MessageView {
    return this.change(seq, { body: `edit ${this.version}`, editedAt: "2026-11-23T14:06:00.000Z" });
  }

  react(seq: number): MessageView {
    return this.change(seq, { reactions: [{ emoji: "👍", accountIds: [`reader ${this.version}`] }] });
  }

  delete(seq: number): MessageView {
    return this.change(seq, { body: "", reactions: [], deletedAt: "2026-11-23T14:07:00.000Z" });
  }

  private change(seq: number, to: Partial<PlacedMessage>): MessageView {
    this.version += 1;
    const message = messageOf(seq, { ...this.messages[seq - 1], ...to, version: this.version });
    this.messages[seq - 1] = message;
    return message;
  }

  page(from: number, to: number): MessagePage {
    const messages = this.messages.filter(({ seq }) => seq >= from && seq <= to);
    const hasOlder = messages.length > 0 ? (messages[0]?.seq ?? 1) > 1 : from > 1;
    return { messages, hasOlder, hasNewer: to < this.messages.length, version: this.version };
  }
}

const run = (...facts: TimelineFact[]): TimelineState => facts.reduce(reduceTimeline, EMPTY_TIMELINE);
const seqs = ({ messages }: TimelineState) => messages.map(({ seq }) => seq);

test("[R4] what comes ahead of a message that was edited meanwhile waits for it", () => {
  const channel = new Channel();
  channel.say("a");
  const page = channel.page(1, 1);
  channel.say("b");
  const later = channel.say("c");
  const edited = channel.edit(2);
  const state = run(
    { type: "page", edge: "newest", page, life: 0 },
    { type: "changes", to: 3, messages: [later] },
    { type: "changes", to: 4, messages: [edited] },
  );
  expect(seqs(state)).toEqual([1, 2, 3]);
});

function page(edge: Edge, channel: Channel, from: number, to: number): TimelineFact {
  return { type: "page", edge, page: channel.page(from, to), life: 0, beside: edge === "older" ? to + 1 : from - 1 };
}

function channelOf(count: number): Channel {
  const channel = new Channel();
  for (let seq = 1; seq <= count; seq += 1) channel.say(`message-${seq}`);
  return channel;
}

const written = { id: "mine", channelId: "general", body: "hello", writtenAt: "2026-11-23T14:05:00.000Z" };

describe("what a tab holds of a channel", () => {
  test("begins with the newest page and grows by older ones", () => {
    const channel = channelOf(9);
    const state = run(page("newest", channel, 7, 9), page("older", channel, 4, 6));
    expect(seqs(state)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(state).toMatchObject({ hasOlder: true, hasNewer: false });
  });

  test("takes new messages at its end, and only there: not while newer ones are missing between", () => {
    const channel = channelOf(9);
    const change: TimelineFact = { type: "changes", to: 10, messages: [channel.say("ten")] };
    expect(seqs(run(page("newest", channelOf(9), 7, 9), change))).toEqual([7, 8, 9, 10]);
    expect(seqs(run(page("around", channelOf(9), 2, 4), change))).toEqual([2, 3, 4]);
  });

  test("keeps an edit that overtakes the page it concerns", () => {
    const channel = channelOf(9);
    const early = page("older", channel, 1, 5);
    const edited = channel.edit(3);
    const state = run(
      page("newest", channel, 6, 9),
      { type: "asked", edge: "older" },
      { type: "changes", to: channel.version, messages: [edited] },
      early,
    );
    expect(state.messages[2]).toEqual(edited);
    expect(state.held).toEqual([]);
  });

  test("holds nothing of what a deleted message said, whatever earlier state comes late", () => {
    const channel = channelOf(3);
    const [edited, reacted, deleted] = [channel.edit(2), channel.react(2), channel.delete(2)];
    const to = channel.version;
    const states = [
      run(page("newest", channelOf(3), 1, 3), { type: "changes", to, messages: [deleted] }),
      run(page("newest", channel, 1, 3), { type: "changes", to, messages: [edited, reacted] }),
      run(page("newest", channel, 1, 3), { type: "acked", message: edited }),
    ];
    for (const state of states) {
      expect(state.messages[1]).toEqual(deleted);
      expect(JSON.stringify(state)).not.toMatch(/body 2|edit \d|reader/);
    }
  });

  test("draws what became of a message whose sending was repeated", () => {
    const channel = channelOf(2);
    const start = page("newest", channel, 1, 2);
    channel.say("mine");
    const deleted = channel.delete(3);
    const state = run(start, { type: "pending", message: written }, { type: "acked", message: deleted });
    expect(state.messages[2]).toEqual(deleted);
    expect(state.pending).toEqual([]);
  });

  test("places a message that was changed before it was first heard of, in one catching up with the next", () => {
    const channel = channelOf(2);
    const start = page("newest", channel, 1, 2);
    channel.say("third");
    const fourth = channel.say("fourth");
    const third = channel.react(3);
    // As `sync` tells it: each message once, by its newest version.
    const state = run(start, { type: "changes", to: channel.version, messages: [fourth, third] });
    expect(state.messages.slice(2)).toEqual([third, fourth]);
  });

  test("ignores a page that no longer fits, and answers to questions of an earlier life", () => {
    const channel = channelOf(20);
    expect(seqs(run(page("newest", channel, 15, 20), page("older", channel, 1, 5)))).toEqual([15, 16, 17, 18, 19, 20]);
    expect(run({ type: "epoch" }, page("newest", channel, 15, 20)).messages).toEqual([]);
  });

  test("turns one's own pending row into the real one, whichever way the message comes first", () => {
    const channel = channelOf(2);
    const start = page("newest", channel, 1, 2);
    const pending: TimelineFact = { type: "pending", message: written };
    const message = channel.say("mine");
    const change: TimelineFact = { type: "changes", to: 3, messages: [message] };
    const acked: TimelineFact = { type: "acked", message };
    for (const facts of [[acked], [change], [acked, change], [change, acked]]) {
      const state = run(start, pending, ...facts);
      expect(seqs(state)).toEqual([1, 2, 3]);
      expect(state.pending).toEqual([]);
    }
  });

  test("draws an acknowledged message as pending until those before it are there", () => {
    const channel = channelOf(2);
    const start = page("newest", channel, 1, 2);
    const other = channel.say("other");
    const mine = channel.say("mine");
    const waiting = run(start, { type: "pending", message: written }, { type: "acked", message: mine });
    expect(seqs(waiting)).toEqual([1, 2]);
    expect(waiting.pending).toMatchObject([{ id: "mine", sent: { seq: 4 } }]);
    const done = reduceTimeline(waiting, { type: "changes", to: 3, messages: [other] });
    expect(seqs(done)).toEqual([1, 2, 3, 4]);
    expect(done.pending).toEqual([]);
  });

  test("keeps a failed row with its sentence until it is tried again or discarded", () => {
    const failure = { code: "forbidden", message: "You may not write here." } as const;
    const failed = run({ type: "pending", message: written }, { type: "failed", id: "mine", failure });
    expect(failed.pending).toMatchObject([{ failure }]);
    expect(reduceTimeline(failed, { type: "pending", message: written }).pending).toMatchObject([{ failure: null }]);
    expect(reduceTimeline(failed, { type: "discarded", id: "mine" }).pending).toEqual([]);
  });

  test("is cut back around the reader, and knows that more lies beyond", () => {
    const state = run(page("newest", channelOf(30), 1, 30), { type: "trim", around: 15, keep: 10 });
    expect(seqs(state)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(state).toMatchObject({ hasOlder: true, hasNewer: true });
  });

  test("forgets all but the unsent in another epoch", () => {
    const state = run(page("newest", channelOf(3), 1, 3), { type: "pending", message: written }, { type: "epoch" });
    expect(state).toMatchObject({ messages: [], cursor: null, pending: [{ id: "mine" }] });
  });

  test("stays drawn after a reset until a page replaces it", () => {
    const channel = channelOf(9);
    const stale = run(page("newest", channel, 5, 9), { type: "reset", to: 900 });
    expect(stale.stale).toBe(true);
    expect(seqs(stale)).toEqual([5, 6, 7, 8, 9]);
    expect(reduceTimeline(stale, page("newest", channel, 7, 9))).toMatchObject({ stale: false, hasOlder: true });
  });
});

/** What can happen while a reader pages about: the server says, edits and answers; answers and changes are under way. */
const step = fc.oneof(
  fc.record({ do: fc.constant("say" as const), mine: fc.boolean() }),
  fc.record({ do: fc.constantFrom("edit" as const, "react" as const, "delete" as const), at: fc.nat() }),
  fc.record({
    do: fc.constant("ask" as const),
    edge: fc.constantFrom<Edge>("older", "newer", "newest", "around"),
    at: fc.nat(),
  }),
  fc.record({ do: fc.constantFrom("deliver" as const, "answer" as const, "acknowledge" as const) }),
  fc.record({ do: fc.constant("trim" as const), at: fc.nat() }),
);

test("an empty answer about an end that is no longer the end says nothing", () => {
  const channel = channelOf(4);
  const state = run(page("newest", channel, 1, 4), page("around", channel, 1, 3), page("newer", channel, 5, 9));
  expect(state.hasNewer).toBe(true);
});

test("whatever order pages, changes and acknowledgements take, a tab ends with what the server holds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.array(step, { maxLength: 80 }), (size, steps) => {
      const channel = channelOf(size);
      let state = run(page("newest", channel, size - 4, size));
      const changes: TimelineFact[] = [];
      const answers: TimelineFact[] = [];
      const acks: TimelineFact[] = [];
      const take = (fact: TimelineFact | undefined) => {
        if (fact !== undefined) state = reduceTimeline(state, fact);
        const held = seqs(state);
        expect(held).toEqual(held.map((_, index) => (held[0] ?? 0) + index));
      };
      const ask = (edge: Edge, at: number) => {
        if (state.loading[edge] || ((edge === "older" || edge === "newer") && state.messages.length === 0)) return;
        const last = channel.messages.length;
        const ends = { first: state.messages[0]?.seq ?? 1, last: state.messages.at(-1)?.seq ?? 0 };
        const place = (at % (last + 1)) + 1;
        const pages = {
          older: [ends.first - 5, ends.first - 1],
          newer: [ends.last + 1, ends.last + 5],
          newest: [last - 4, last],
          around: [place - 2, place + 2],
        } as const;
        take({ type: "asked", edge });
        answers.push(page(edge, channel, pages[edge][0], pages[edge][1]));
      };
      for (const each of steps) {
        if (each.do === "say") {
          const id = `${each.mine ? "mine" : "theirs"}-${channel.version}`;
          if (each.mine) take({ type: "pending", message: { ...written, id } });
          const message = channel.say(id);
          if (each.mine) acks.push({ type: "acked", message });
          changes.push({ type: "changes", to: channel.version, messages: [message] });
        } else if (each.do === "edit" || each.do === "react" || each.do === "delete") {
          if (channel.messages.length === 0) continue;
          const message = channel[each.do]((each.at % channel.messages.length) + 1);
          changes.push({ type: "changes", to: channel.version, messages: [message] });
        } else if (each.do === "ask") ask(each.edge, each.at);
        else if (each.do === "trim") take({ type: "trim", around: each.at % 40, keep: 8 });
        else if (each.do === "deliver") take(changes.shift());
        else if (each.do === "answer") take(answers.shift());
        else if (each.do === "acknowledge") take(acks.shift());
      }
      for (const fact of [...changes, ...answers, ...acks]) take(fact);
      expect(state.pending).toEqual([]);
      const truth = channel.messages.filter(({ seq }) => seqs(state).includes(seq));
      expect(state.messages).toEqual(truth);
      if (!state.hasNewer) expect(state.messages.at(-1)?.seq ?? 0).toBe(channel.messages.length);
    }),
    { numRuns: 1_000 },
  );
});
