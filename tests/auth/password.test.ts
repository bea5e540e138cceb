import { inHashingQueue } from "@/lib/auth/hashing";
import { checkPassword, hashPassword, verifyPassword } from "@/lib/auth/password";

test("a password is kept as argon2id with OWASP's parameters, salted", async () => {
  const [first, second] = await Promise.all([hashPassword("a quiet harbour"), hashPassword("a quiet harbour")]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(second).not.toBe(first);
});

test("only the password itself opens, down to its last character", async () => {
  const long = "a quiet harbour ".repeat(16);
  const hash = await hashPassword(long);
  expect(await verifyPassword(hash, long)).toBe(true);
  expect(await verifyPassword(hash, long.slice(0, -1))).toBe(false);
});

test("a password opens in whichever normal form the keyboard sends it", async () => {
  expect(await verifyPassword(await hashPassword("cafe\u0301 noir"), "caf\u00e9 noir")).toBe(true);
});

test("an account without a password is opened by none", async () => {
  expect(await verifyPassword(null, "a quiet harbour")).toBe(false);
  expect(await verifyPassword(null, "")).toBe(false);
});

test.each(["password1", "QWERTY123", "12345678", "iloveyou", "aaaaaaaa", "abababab", "ChidiAnagonye"])(
  "%s is too easy to guess",
  (password) => expect(() => checkPassword(password, "chidianagonye")).toThrow(/too easy to guess/),
);

test("an unusual password is taken as it is", () => {
  expect(() => checkPassword("a quiet harbour", "ada")).not.toThrow();
});

test("two passwords are hashed at once, fifty wait in order, and the next is told to come back", async () => {
  const running: (() => void)[] = [];
  const order: number[] = [];
  const start = (place: number) =>
    inHashingQueue(async () => {
      order.push(place);
      await new Promise<void>((end) => running.push(end));
    });
  const all = Array.from({ length: 52 }, (_, place) => start(place));
  await expect(start(52)).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: expect.any(Number) });
  expect(order).toEqual([0, 1]);
  const drained = Promise.all(all).then(() => true);
  let done = false;
  void drained.then(() => {
    done = true;
  });
  while (!done) {
    running.shift()?.();
    await new Promise((resume) => setImmediate(resume));
    expect(running.length).toBeLessThanOrEqual(2);
  }
  expect(order).toEqual(Array.from({ length: 52 }, (_, place) => place));
});
