import { check } from "@/tests/convergence/check";
import type { Bending, Telling } from "@/tests/convergence/histories/acts";
import { BROKEN_CLIENTS } from "@/tests/convergence/histories/broken-clients";
import { BROKEN_LOGS } from "@/tests/convergence/histories/broken-logs";
import { BROKEN_RIGHTS } from "@/tests/convergence/histories/broken-rights";
import { FAITHFUL } from "@/tests/convergence/histories/faithful";
import { parseHistory } from "@/tests/convergence/history";
import { sliceOf } from "@/tests/convergence/slice";
import { Story } from "@/tests/convergence/story";

function judged(tell: Telling, bend: Bending = () => undefined, nodes = 1) {
  const story = new Story(nodes);
  tell(story);
  const end = story.end();
  bend(end);
  // Through the file's own format: what the recorder writes is what the checker reads.
  const lines = end.entries.map((entry) => JSON.stringify(entry)).join("\n");
  return { history: end.entries, verdict: check(parseHistory(lines)) };
}

const faults = (tell: Telling, bend?: Bending) => [
  ...new Set(judged(tell, bend).verdict.violations.map(({ invariant }) => invariant)),
];

for (const [what, tell, bend, nodes] of FAITHFUL) {
  test(`nothing is found where ${what}`, () => {
    expect(judged(tell, bend, nodes).verdict.violations).toEqual([]);
  });
}

for (const [invariant, what, tell, bend] of [...BROKEN_LOGS, ...BROKEN_CLIENTS, ...BROKEN_RIGHTS]) {
  test(`${invariant} is found, and nothing else, where ${what}`, () => {
    expect(faults(tell, bend)).toEqual([invariant]);
  });
}

test("an unknown outcome that turned out to be stored is counted, not blamed", () => {
  const { verdict } = judged((story) => {
    story.answer(story.ask("ada", "send", { id: "one", body: "says one" }), "info");
    const item = story.store("ada", "one");
    for (const client of ["ada", "brook"]) story.tell(client, item);
  });
  expect(verdict).toMatchObject({ operations: 1, acknowledged: 0, unknown: 1, recovered: 1 });
});

test("a violation is shown by its own lines and the faults beside them, and by no others", () => {
  const { history, verdict } = judged((story) => {
    for (const id of ["a", "b", "c"]) story.say("brook", id);
    story.pass(10_000);
    story.add({ kind: "fault", t: 0, f: 1, phase: "start", fault: "server killed", on: "node 1" });
    const item = story.store("ada", "one");
    story.answer(story.ask("ada", "send", { id: "one", body: "something else" }), "ok", { item });
    for (const client of ["ada", "brook"]) story.tell(client, item);
  });
  const [violation] = verdict.violations;
  if (violation === undefined) throw new Error("nothing was found");
  expect(sliceOf(history, violation).map(({ kind }) => kind)).toEqual(["fault", "invoke", "ok"]);
});
