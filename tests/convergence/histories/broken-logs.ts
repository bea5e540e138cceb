import type { Broken } from "@/tests/convergence/histories/acts";
import type { Story } from "@/tests/convergence/story";

/** Histories in which the log itself broke its word: lost, repeated, unasked for or out of order. */
export const BROKEN_LOGS: Broken[] = [
  ["I1", "an acknowledged send is not there", (story) => void lose(story)],
  [
    "I1",
    "an acknowledged send stands elsewhere than acknowledged",
    (story) => {
      const { end, item } = story.say("ada", "one");
      story.say("brook", "two");
      // The same content as the real one, so that only the place is wrong.
      end.item = { ...item, seq: 7, version: 77, id: "one" };
    },
  ],
  [
    "I1",
    "an acknowledged send is stored with another content",
    (story) => {
      const item = story.store("ada", "one");
      story.answer(story.ask("ada", "send", { id: "one", body: "something else" }), "info");
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "ok", { item });
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
    ({ table }) => {
      table.firstBodies = { one: "something else" };
    },
  ],
  [
    "I1",
    "an acknowledged edit is lost",
    (story) => {
      const { item } = story.say("ada", "one");
      story.answer(story.ask("ada", "edit", { id: "one", body: "better" }), "ok", { item });
    },
  ],
  [
    "I1",
    "an acknowledged deletion is lost",
    (story) => {
      const { item } = story.say("ada", "one");
      const end = story.answer(story.ask("ada", "delete", { id: "one" }), "ok", { item });
      // Not shown anywhere either, or it would be a leak as well.
      const text = story.entries.flatMap((entry) => ("items" in entry ? entry.items : []));
      for (const shown of [...text, ...(end.item === undefined ? [] : [end.item]), item]) shown.canaries = [];
    },
  ],
  [
    "I1",
    "an acknowledged reaction is lost",
    (story) => {
      const { item } = story.say("ada", "one");
      const like = { id: "one", reaction: "like brook", put: true };
      story.answer(story.ask("brook", "react", like), "ok", { item });
    },
  ],
  [
    "I2",
    "a repeated send is stored a second time under another id",
    (story) => {
      story.say("ada", "one");
      const copy = story.store("ada", "another", { body: "says one" });
      for (const client of ["ada", "brook"]) story.tell(client, copy);
    },
  ],
  [
    "I2",
    "a client repeats a send under a new id, and both are stored",
    (story) => {
      story.say("ada", "one");
      const again = story.ask("ada", "send", { id: "another", body: "says one" });
      const item = story.store("ada", "another", { body: "says one" });
      story.answer(again, "ok", { item });
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
  ],
  [
    "I2",
    "a message is there that nobody sent",
    (story) => {
      const item = story.store("ada", "one");
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
  ],
  [
    "I2",
    "a refused send is stored",
    (story) => {
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "fail", { code: "forbidden" });
      const item = story.store("ada", "one");
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
  ],
  [
    "I2",
    "a message is stored under another author",
    (story) => {
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "info");
      const item = story.store("brook", "one");
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
  ],
  [
    "I2",
    "a refused edit shows",
    (story) => {
      story.say("ada", "one");
      story.answer(story.ask("brook", "edit", { id: "one", body: "worse" }), "fail", { code: "forbidden" });
      const item = story.change("one", { body: "worse" });
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
  ],
  [
    "I2",
    "a message is deleted that nobody asked to delete",
    (story) => {
      story.say("ada", "one");
      const item = story.change("one", { deleted: true, body: "", canaries: [] });
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
  ],
  [
    "I2",
    "a reaction shows that nobody gave",
    (story) => {
      story.say("ada", "one");
      const item = story.change("one", { reactions: ["like brook"] });
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
  ],
  [
    "I3",
    "a place is left out",
    (story) => {
      story.say("ada", "one");
      const item = story.store("ada", "two", { seq: 3 });
      story.answer(story.ask("ada", "send", { id: "two", body: "says two" }), "ok", { item });
      for (const client of ["ada", "brook"]) story.tell(client, item);
    },
    ({ table, fetched, states }) => {
      table.lastSeq = 3;
      fetched.lastSeq = 3;
      // Compared from their last message on, so that only the numbers of the channel itself are wrong.
      for (const state of states) state.items = state.items.slice(1);
      fetched.items = [];
    },
  ],
  [
    "I3",
    "the last place is not what the channel says",
    (story) => void story.say("ada", "one"),
    ({ table, fetched, states }) => {
      table.lastSeq = 2;
      fetched.lastSeq = 2;
      for (const state of states) state.reachesEnd = false;
    },
  ],
  [
    "I3",
    "two things have one version",
    (story) => void story.say("ada", "one"),
    ({ table }) => void table.changes.push({ version: 3, account: "chen", role: "member" }),
  ],
  [
    "I3",
    "a message stands before one that was acknowledged before it was sent",
    (story) => {
      const two = story.store("brook", "two");
      const one = story.store("ada", "one");
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "ok", { item: one });
      story.answer(story.ask("brook", "send", { id: "two", body: "says two" }), "ok", { item: two });
      for (const client of ["ada", "brook"]) story.apply(client, story.at());
    },
  ],
  [
    "I3",
    "two sends of one connection change places",
    (story) => {
      const first = story.ask("ada", "send", { id: "one", body: "says one" });
      const second = story.ask("ada", "send", { id: "two", body: "says two" });
      const two = story.store("ada", "two");
      const one = story.store("ada", "one");
      story.answer(second, "ok", { item: two });
      story.answer(first, "ok", { item: one });
      for (const client of ["ada", "brook"]) story.apply(client, story.at());
    },
  ],
];

function lose(story: Story): void {
  story.say("ada", "one");
  const invoke = story.ask("ada", "send", { id: "two", body: "says two" });
  const { item } = story.say("brook", "three");
  story.answer(invoke, "ok", { item: { ...item, id: "two", seq: 9, version: 99 } });
}
