import { type Bending, type Telling, unsay } from "@/tests/convergence/histories/acts";

/** Histories in which every promise was held, unknown outcomes included: in words, the story, and the number of nodes. */
export const FAITHFUL: [what: string, tell: Telling, bend?: Bending, nodes?: number][] = [
  ["nobody says anything", () => undefined],
  [
    "people talk",
    (story) => {
      story.say("ada", "one");
      story.say("brook", "two");
      story.page("ada");
    },
  ],
  [
    "a send of unknown outcome is stored",
    (story) => {
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "info");
      const item = story.store("ada", "one");
      story.tell("ada", item);
      story.tell("brook", item);
    },
  ],
  [
    "a send of unknown outcome is not stored",
    (story) => {
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "info");
      story.say("brook", "two");
    },
  ],
  [
    "an acknowledgement is lost, and the send repeated under its id",
    (story) => {
      const { end, item } = story.say("ada", "one");
      end.kind = "info";
      delete end.item;
      story.say("brook", "two");
      story.answer(story.ask("ada", "send", { id: "one", body: "says one", link: "ada-link-2" }), "ok", { item });
    },
  ],
  [
    "a send that was refused for haste is sent again",
    (story) => {
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "fail", { code: "rate_limited" });
      story.say("ada", "one");
    },
  ],
  [
    "another content under a taken id is refused",
    (story) => {
      story.say("ada", "one");
      story.answer(story.ask("brook", "send", { id: "one", body: "something else" }), "fail", { code: "conflict" });
    },
  ],
  [
    "somebody goes, others talk on, and somebody comes back",
    (story) => {
      story.answer(story.ask("ada", "kick", { subject: "brook" }), "ok");
      story.step("brook", null);
      story.stop("brook");
      story.tell("ada");
      story.say("ada", "one");
      story.answer(story.ask("brook", "page"), "fail", { code: "not_found" });
      story.answer(story.ask("brook", "join", { subject: "brook" }), "ok");
      story.step("brook", "member");
      story.tell("ada");
      story.start("brook");
      story.page("brook");
    },
  ],
  [
    "somebody comes back and is told how far the channel was before",
    (story) => {
      story.answer(story.ask("ada", "kick", { subject: "brook" }), "ok");
      story.step("brook", null);
      story.stop("brook");
      story.tell("ada");
      const { item } = story.say("ada", "one");
      story.answer(story.ask("ada", "join", { subject: "brook" }), "ok");
      story.step("brook", "member");
      story.tell("ada");
      story.start("brook");
      story.add({ kind: "heads", t: 0, client: "brook", link: "brook-link", versions: { general: item.version } });
    },
  ],
  [
    "a client is cut off, and catches up by one range",
    (story) => {
      story.add({ kind: "fault", t: 0, f: 1, phase: "start", fault: "cut", on: "brook" });
      const one = story.store("ada", "one");
      const invoke = story.ask("ada", "send", { id: "one", body: "says one" });
      story.answer(invoke, "ok", { item: one });
      story.tell("ada", one);
      story.add({ kind: "fault", t: 0, f: 1, phase: "stop", fault: "cut", on: "brook" });
      story.up("brook", "brook-session", "brook-link-2");
      story.apply("brook", story.at());
    },
  ],
  [
    "a message is edited, liked, unliked and deleted",
    (story) => {
      story.say("ada", "one");
      story.alter("ada", "edit", "one", { body: "better", canary: "c2" }, { body: "better", canaries: ["c2"] });
      story.alter("brook", "react", "one", { reaction: "like brook", put: true }, { reactions: ["like brook"] });
      story.alter("brook", "react", "one", { reaction: "like brook", put: false }, { reactions: [] });
      unsay(story, "one");
      story.page("brook");
    },
  ],
  [
    "a range leaves a message to the later range in which it was edited",
    (story) => {
      const [one, two] = ["one", "two"].map((id) => story.ask("ada", "send", { id, body: `says ${id}` }));
      const first = story.store("ada", "one");
      const second = story.store("ada", "two");
      if (one !== undefined) story.answer(one, "ok", { item: first });
      if (two !== undefined) story.answer(two, "ok", { item: second });
      const edit = story.ask("ada", "edit", { id: "one", body: "better" });
      const edited = story.change("one", { body: "better" });
      story.answer(edit, "ok", { item: edited });
      for (const client of ["ada", "brook"]) {
        story.live(client, 2, 4, [second]).members = 0;
        story.live(client, 4, 5, [edited]);
        story.apply(client, 5);
      }
    },
  ],
  [
    "an edit of unknown outcome is overtaken by a deletion",
    (story) => {
      story.say("ada", "one");
      story.answer(story.ask("ada", "edit", { id: "one", body: "better", canary: "c2" }), "info");
      unsay(story, "one");
    },
  ],
  [
    "two clients send at once, and are acknowledged in the other order",
    (story) => {
      const first = story.ask("ada", "send", { id: "one", body: "says one" });
      const second = story.ask("brook", "send", { id: "two", body: "says two" });
      const two = story.store("brook", "two");
      for (const client of ["ada", "brook"]) story.tell(client, two);
      const one = story.store("ada", "one");
      for (const client of ["ada", "brook"]) story.tell(client, one);
      story.answer(first, "ok", { item: one });
      story.answer(second, "ok", { item: two });
    },
  ],
  [
    "two nodes tell a channel in another order, and the client puts it right",
    (story) => {
      const [one, two] = [story.store("ada", "one"), story.store("brook", "two")];
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "info");
      story.answer(story.ask("brook", "send", { id: "two", body: "says two" }), "info");
      story.live("brook", 3, 4, [two]);
      story.live("brook", 2, 3, [one]);
      story.apply("brook", 4);
      story.apply("ada", 4);
    },
    () => undefined,
    2,
  ],
  [
    "a session is revoked, and what was under way still arrives",
    (story) => {
      const item = story.store("ada", "one");
      story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "ok", { item });
      story.answer(story.ask("brook", "revoke", { subject: "brook-session", session: "brook-other" }), "ok");
      story.tell("ada", item);
      story.tell("brook", item);
      story.pass(3_000);
      story.answer(story.ask("brook", "page"), "fail", { code: "unauthenticated" });
    },
  ],
];
