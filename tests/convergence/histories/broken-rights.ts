import { type Broken, removeBrook, revokeBrook, unsay } from "@/tests/convergence/histories/acts";

/** Histories in which somebody got what was not theirs, waited too long, or a server misbehaved. */
export const BROKEN_RIGHTS: Broken[] = [
  [
    "I9",
    "the removed hears what is said after",
    (story) => {
      removeBrook(story);
      const { item } = story.say("ada", "one");
      story.live("brook", story.at() - 1, story.at(), [item]);
    },
  ],
  [
    "I9",
    "the removed is told of a later version",
    (story) => {
      removeBrook(story);
      story.say("ada", "one");
      story.add({ kind: "heads", t: 0, client: "brook", link: "brook-link", versions: { general: story.at() } });
    },
  ],
  [
    "I9",
    "the removed is answered a page of later",
    (story) => {
      removeBrook(story);
      story.say("ada", "one");
      story.page("brook");
    },
  ],
  [
    "I9",
    "the removed is answered an old page",
    (story) => {
      const before = story.at();
      removeBrook(story);
      story.page("brook", [], before);
    },
  ],
  [
    "I9",
    "the removed writes",
    (story) => {
      removeBrook(story);
      story.say("brook", "one");
    },
  ],
  [
    "I10",
    "a revoked session is granted a read",
    (story) => {
      revokeBrook(story);
      story.page("brook");
    },
  ],
  [
    "I10",
    "a revoked session hears what is said later",
    (story) => {
      revokeBrook(story);
      story.say("ada", "one");
    },
  ],
  [
    "I10",
    "a revoked session is welcomed again",
    (story) => {
      revokeBrook(story);
      story.up("brook", "brook-session", "brook-link-2");
    },
  ],
  [
    "I11",
    "a deletion is told with the words that it deletes",
    (story) => {
      story.say("ada", "one");
      const { item } = unsay(story, "one");
      const heard = story.entries.findLast((entry) => entry.kind === "live" && entry.client === "brook");
      if (heard?.kind === "live") heard.items = [{ ...item, canaries: ["canary-one"] }];
    },
  ],
  [
    "I11",
    "a page of later shows what was deleted",
    (story) => {
      const { item } = story.say("ada", "one");
      unsay(story, "one");
      story.page("brook", [item], story.at());
    },
  ],
  [
    "I11",
    "the words of a deleted message are found in a table",
    (story) => {
      story.say("ada", "one");
      unsay(story, "one");
      story.add({ kind: "scan", t: 0, place: "table drafts", canaries: ["canary-one"] });
    },
  ],
  ["I13", "a request never ends", (story) => void story.ask("ada", "page")],
  [
    "I13",
    "a request takes longer than its client waits",
    (story) => {
      const invoke = story.ask("ada", "page");
      story.pass(20_000);
      story.answer(invoke, "info");
    },
  ],
  [
    "I13",
    "a send after the last fault takes too long",
    (story) => {
      story.add({ kind: "probe", t: 0, client: "ada", ch: "general", id: "one" });
      story.pass(11_000);
      story.say("ada", "one");
    },
  ],
  [
    "I16",
    "a counter is false",
    (story) => void story.add({ kind: "audit", t: 0, what: "member_count", ch: "general", stored: 3, counted: 2 }),
  ],
  [
    "I17",
    "a server dies by itself",
    (story) => void story.add({ kind: "server", t: 0, node: 1, what: "exit", expected: false, line: "exit 1" }),
  ],
];
