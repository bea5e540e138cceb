import { ReadMarks } from "@/lib/channels/read-marks";
import { Refusal } from "@/lib/shared/errors";

/** A line on which each report waits until the test answers it. */
function line() {
  const waiting: { seq: number; answer: () => void; fail: () => void }[] = [];
  const reports: number[] = [];
  const ask = (_event: string, { seq }: { seq: number }) =>
    new Promise<never>((resolve, reject) => {
      reports.push(seq);
      waiting.push({
        seq,
        answer: () => resolve({ readSeq: seq } as never),
        fail: () => reject(new Refusal("unavailable", "No answer.")),
      });
    });
  const settle = async (how: "answer" | "fail") => {
    waiting.shift()?.[how]();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { marks: new ReadMarks({ ask: ask as never }), reports, settle };
}

test("while one report is under way, only the newest place waits", async () => {
  const { marks, reports, settle } = line();
  for (const seq of [1, 2, 3, 4]) marks.mark("general", seq);
  expect(reports).toEqual([1]);
  await settle("answer");
  expect(reports).toEqual([1, 4]);
});

test("what could not be told is told when the connection is back, and then no more", async () => {
  const { marks, reports, settle } = line();
  marks.mark("general", 7);
  await settle("fail");
  expect(reports).toEqual([7]);
  marks.tellAll();
  await settle("answer");
  marks.tellAll();
  expect(reports).toEqual([7, 7]);
});

test("a place above which one has read already is not reported", async () => {
  const { marks, reports } = line();
  marks.mark("general", 7);
  marks.mark("general", 5);
  expect(reports).toEqual([7]);
});

test("whoever watches learns in which channels one has read on, also of what was due before", async () => {
  const { marks, settle } = line();
  marks.mark("general", 1);
  const end = marks.watch();
  await settle("answer");
  marks.note("elsewhere");
  expect([...end()]).toEqual(["general", "elsewhere"]);
  marks.mark("later", 1);
  expect([...end()]).toEqual(["general", "elsewhere"]);
});
