import { GroupStatement } from "@/lib/db/group-statement";

/** A database that answers when it is told to. */
function stage() {
  const asked: { keys: number[]; answer: (values: string[]) => void; fail: (error: Error) => void }[] = [];
  const group = new GroupStatement<number, string>(
    (keys) => new Promise((answer, fail) => asked.push({ keys, answer, fail })),
    3,
  );
  return { asked, group };
}
const named = (keys: number[]) => keys.map((key) => `answer ${key}`);
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what is asked in one turn goes together, and what comes meanwhile with the next", async () => {
  const { asked, group } = stage();
  const first = [group.of(1), group.of(2)];
  await settled();
  const second = [group.of(3)];
  await settled();
  const third = [group.of(4), group.of(5), group.of(6), group.of(7)];
  await settled();
  expect(asked.map(({ keys }) => keys)).toEqual([[1, 2], [3]]);
  asked[0]?.answer(named([1, 2]));
  expect(await Promise.all(first)).toEqual(named([1, 2]));
  await settled();
  expect(asked.map(({ keys }) => keys)).toEqual([[1, 2], [3], [4, 5, 6]]);
  asked[1]?.answer(named([3]));
  asked[2]?.answer(named([4, 5, 6]));
  await settled();
  asked[3]?.answer(named([7]));
  expect(await Promise.all([...second, ...third])).toEqual(named([3, 4, 5, 6, 7]));
});

test("a statement that fails fails its own questions alone", async () => {
  const { asked, group } = stage();
  const lost = group.of(1);
  await settled();
  asked[0]?.fail(new Error("the line broke"));
  await expect(lost).rejects.toThrow("the line broke");
  const later = group.of(2);
  await settled();
  asked[1]?.answer(named([2]));
  expect(await later).toBe("answer 2");
});
