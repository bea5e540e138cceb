import { cut, nextSlice, sliceAround, sliceAtEnd } from "@/lib/messages/components/timeline-slice";
import { messageOf } from "@/tests/realtime/browser-stage";

const run = Array.from({ length: 300 }, (_, index) => messageOf(index + 101));
const ends = { first: 101, last: 400, hasNewer: false };
const calm = { above: 3_000, below: 3_000, view: 1_000 };
const seqAt = (y: number) => 250 + Math.round(y / 40);
const next = (slice: { from: number; to: number | null }, around = calm, keepBelow = false, run = ends) =>
  nextSlice(slice, run, around, seqAt, keepBelow);

test("a channel opens at its end, and a linked message in the middle of its neighbours", () => {
  expect(sliceAtEnd(run)).toEqual({ from: 371, to: null });
  expect(sliceAround(run, "message-200")).toEqual({ from: 170, to: 230 });
  expect(sliceAround(run, "message-390")).toEqual({ from: 360, to: null });
  expect(sliceAround(run, "message-999")).toBeNull();
});

test("the rows cut out are those of the slice, or the end of a run that has nothing of it", () => {
  expect(cut(run, { from: 390, to: 395 })).toHaveLength(6);
  expect(cut(run, { from: 390, to: null }).at(-1)?.seq).toBe(400);
  expect(cut(run, { from: 900, to: 950 })[0]?.seq).toBe(371);
  expect(cut([], { from: 1, to: null })).toEqual([]);
});

test("what suits the reader stays the very same slice", () => {
  const slice = { from: 200, to: 300 };
  expect(next(slice)).toBe(slice);
});

test("rows are added where few are left beyond the view, as far as the run goes", () => {
  expect(next({ from: 200, to: 300 }, { ...calm, above: 100 })).toEqual({ from: 170, to: 300 });
  expect(next({ from: 110, to: 300 }, { ...calm, above: 100 })).toEqual({ from: 101, to: 300 });
  expect(next({ from: 200, to: 300 }, { ...calm, below: 100 })).toEqual({ from: 200, to: 330 });
  expect(next({ from: 200, to: 390 }, { ...calm, below: 100 })).toEqual({ from: 200, to: null });
});

test("rows far beyond the view are dropped, but not below it while a hand is moving", () => {
  expect(next({ from: 101, to: 300 }, { ...calm, above: 9_000 })).toEqual({ from: 150, to: 300 });
  expect(next({ from: 200, to: null }, { ...calm, below: 9_000 })).toEqual({ from: 200, to: 375 });
  expect(next({ from: 200, to: null }, { ...calm, below: 9_000 }, true)).toEqual({ from: 200, to: null });
});

test("the end of a run is not followed while newer messages are missing behind it", () => {
  expect(next({ from: 200, to: null }, calm, false, { ...ends, hasNewer: true })).toEqual({ from: 200, to: 400 });
});
