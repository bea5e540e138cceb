import type { Bending, Broken } from "@/tests/convergence/histories/acts";

/** Histories in which a client was told or holds something else than the log says. */
export const BROKEN_CLIENTS: Broken[] = [
  [
    "I4",
    "a client takes a later change without the one before",
    (story) => {
      story.say("ada", "one");
      story.say("ada", "two");
      story.forget((entry) => entry.kind === "apply" && entry.client === "brook", -2);
    },
  ],
  [
    "I4",
    "a client never hears of the last change",
    (story) => {
      story.say("ada", "one");
      story.forget((entry) => entry.kind === "apply" && entry.client === "brook", -1);
    },
  ],
  [
    "I4",
    "a client is level only long after the fault",
    (story) => {
      story.say("ada", "one");
      const last = story.entries.findLast((entry) => entry.kind === "apply" && entry.client === "brook");
      if (last?.kind === "apply") last.t = 60_000;
    },
  ],
  [
    "I4",
    "an event leaves out one of its steps",
    (story) => {
      story.say("ada", "one");
      const told = story.entries.findLast((entry) => entry.kind === "live" && entry.client === "brook");
      if (told?.kind === "live") told.items = [];
    },
  ],
  [
    "I4",
    "an event leaves out that somebody came",
    (story) => {
      story.step("chen", "member");
      for (const client of ["ada", "brook"]) story.tell(client).live.members = 0;
    },
  ],
  [
    "I4",
    "a sync leaves out one of the changes that it answers for",
    (story) => {
      story.say("ada", "one");
      story.answer(story.ask("brook", "sync", { cursors: { general: 2 } }), "ok", {
        sights: { general: { version: 3, items: [], members: 0 } },
      });
    },
  ],
  ["I4", "a member does not follow its channel", (story) => void story.stop("brook"), stillThere("brook")],
  [
    "I5",
    "a client takes a change twice",
    (story) => {
      story.say("ada", "one");
      story.add({ kind: "apply", t: 0, client: "brook", ch: "general", what: "changes", from: 2, to: 3 });
    },
  ],
  [
    "I5",
    "a connection hears a channel backwards",
    (story) => {
      const { item: one } = story.say("ada", "one");
      const { item: two } = story.say("ada", "two");
      const heard = story.entries.filter((entry) => entry.kind === "live" && entry.client === "brook");
      const [first, second] = heard.slice(-2);
      if (first?.kind !== "live" || second?.kind !== "live") throw new Error("the story went wrong");
      Object.assign(first, { from: 3, to: 4, items: [two] });
      Object.assign(second, { from: 2, to: 3, items: [one] });
    },
  ],
  [
    "I5",
    "a connection hears a change twice",
    (story) => {
      const { item } = story.say("ada", "one");
      story.live("brook", 2, 3, [item]);
    },
  ],
  [
    "I6",
    "two clients are told different contents of one version",
    (story) => {
      const { item } = story.say("ada", "one");
      const heard = story.entries.findLast((entry) => entry.kind === "live" && entry.client === "brook");
      if (heard?.kind === "live") heard.items = [{ ...item, digest: "something else" }];
    },
  ],
  [
    "I6",
    "a place is shown with two messages",
    (story) => {
      const { item } = story.say("ada", "one");
      story.page("brook", [{ ...item, id: "two", version: 1, digest: "something else" }]);
    },
  ],
  [
    "I7",
    "a client holds less than the channel",
    (story) => void story.say("ada", "one"),
    ({ states }) => void states[0]?.items.pop(),
  ],
  [
    "I7",
    "a client holds an old version of a message",
    (story) => {
      story.say("ada", "one");
      story.alter("ada", "edit", "one", { body: "better" }, { body: "better" });
    },
    ({ states, entries }) => {
      const [state] = states;
      const first = entries.find((entry) => entry.kind === "live" && entry.items.length > 0);
      if (state !== undefined && first?.kind === "live") state.items = first.items;
    },
  ],
  [
    "I7",
    "what is served is not what is stored",
    (story) => void story.say("ada", "one"),
    ({ fetched }) => {
      fetched.version = 9;
    },
  ],
  [
    "I7",
    "a channel is not served",
    (story) => void story.say("ada", "one"),
    ({ entries, fetched }) => void entries.splice(entries.indexOf(fetched), 1),
  ],
  [
    "I7",
    "a client shows as unsent what is stored",
    (story) => void story.say("ada", "one"),
    ({ states }) => void states[0]?.unsent.push("one"),
  ],
  [
    "I8",
    "a page does not show what its reader had sent before",
    (story) => {
      story.say("ada", "one");
      story.page("ada", []);
    },
  ],
  [
    "I8",
    "a client reads an older version than it read before",
    (story) => {
      story.say("brook", "one");
      story.page("ada");
      story.page("ada", [], 2);
    },
  ],
  [
    "I8",
    "a sync says nothing changed though its client knew better",
    (story) => {
      story.say("ada", "one");
      story.answer(story.ask("ada", "sync", { cursors: { general: 2 } }), "ok", { sights: {} });
    },
  ],
  [
    "I8",
    "a page has a hole in it",
    (story) => {
      for (const id of ["one", "two", "three"]) story.say("ada", id);
      story.page(
        "brook",
        story.all().filter(({ seq }) => seq !== 2),
      );
    },
  ],
];

/** Its state is written down, as that of a client which lived through the run. */
function stillThere(client: string): Bending {
  return ({ entries, states: [state] }) => {
    if (state !== undefined) entries.push({ ...state, client });
  };
}
