import fc from "fast-check";
import { decide } from "@/lib/realtime/position";

describe("a client that meets a range of changes", () => {
  test("takes what begins at its cursor", () => {
    expect(decide(4, { from: 4, to: 7 })).toBe("apply");
  });

  test("ignores what it holds already", () => {
    expect(decide(7, { from: 4, to: 7 })).toBe("ignore");
    expect(decide(9, { from: 4, to: 7 })).toBe("ignore");
  });

  test("asks for what lies between when there is a gap, and when a range reaches back and beyond", () => {
    expect(decide(3, { from: 4, to: 7 })).toBe("resync");
    expect(decide(5, { from: 4, to: 7 })).toBe("resync");
  });

  test("never skips or repeats a version, whatever arrives", () => {
    const range = fc
      .tuple(fc.nat(30), fc.integer({ min: 1, max: 5 }))
      .map(([from, size]) => ({ from, to: from + size }));
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        let cursor = 0;
        for (const each of ranges) {
          if (decide(cursor, each) !== "apply") continue;
          expect(each.from).toBe(cursor);
          cursor = each.to;
        }
      }),
    );
  });
});
