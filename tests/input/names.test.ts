import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { type Parley, startParley } from "@/tests/support/server";
import { member, type Visitor, visit } from "@/tests/support/visitor";

const password = "a quiet harbour";
let database: TestDatabase;
let parley: Parley;
let ada: Visitor;
beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  ada = await member(parley.origin, "paypal");
});
afterAll(async () => {
  await parley.stop();
  await database.drop();
});

const signUp = (fields: object) => visit(parley.origin).call("POST", "/accounts", { password, ...fields });

const INVISIBLE: [string, string][] = [
  ["a right-to-left override", "pay\u202epal"],
  ["an isolate", "\u2067paypal\u2069"],
  ["a zero-width space", "pay\u200bpal"],
  ["a zero-width joiner", "pay\u200dpal"],
  ["a word joiner", "pay\u2060pal"],
  ["a soft hyphen", "pay\u00adpal"],
  ["a variation selector", "paypal\ufe0f"],
  ["tag characters", "paypal\u{e0070}\u{e0061}"],
  ["a Hangul filler", "paypal\u3164"],
  ["an invisible separator", "pay\u2063pal"],
  ["a byte order mark", "\ufeffpaypal"],
  ["a control character", "pay\u0007pal"],
  ["a line separator", "pay\u2028pal"],
  ["NUL", "pay\u0000pal"],
  ["half a surrogate pair", "paypal\ud83d"],
  ["private use", "paypal\ue000"],
  ["an unassigned character", "paypal\u{e01ff}"],
  ["a noncharacter", "paypal\uffff"],
  ["a thousand accents", `paypa${"\u0301".repeat(1_000)}l`],
  ["10,000 characters", "p".repeat(10_000)],
  ["10,000 characters that shrink", "\ufdfa".repeat(10_000)],
  ["nothing but the blank of Braille", "\u2800\u2800"],
  ["nothing but accents", "\u0301\u0301"],
  ["nothing", ""],
];

describe.each(INVISIBLE)("[F49] a name with %s", (_, name) => {
  it("is refused at sign-up, as a guest, and as a display name", async () => {
    expect(await signUp({ username: name })).toMatchObject({ status: 422, body: { code: "invalid" } });
    expect(await signUp({ username: "unrelated", displayName: name })).toMatchObject({ status: 422 });
    expect((await ada.call("PATCH", "/me", { displayName: name })).status).toBe(422);
    const guest = visit(parley.origin);
    expect([401, 413]).toContain((await guest.post("callback/guest", { nickname: name })).status);
    expect([...guest.cookies.keys()]).not.toContain("parley.sid");
  });
});

describe.each([
  ["in capitals", "PayPal"],
  ["with Cyrillic letters", "раураl"],
  ["with one Cyrillic letter", "pаypal"],
  ["with a Greek letter", "ρaypal"],
  ["in fullwidth letters", "ｐａｙｐａｌ"],
  ["in mathematical letters", "𝓅𝒶𝓎𝓅𝒶𝓁"],
  ["with 1 for l", "paypa1"],
  ["with a capital I for l", "paypaI"],
  ["with a dotless and a decomposed letter", "pa\u0079pal"],
])("[F49] the name of somebody else, %s,", (_, name) => {
  it("is taken at sign-up, for guests, and as a display name", async () => {
    expect(await signUp({ username: name })).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(await signUp({ username: "unrelated", displayName: name })).toMatchObject({ status: 409 });
    const guest = visit(parley.origin);
    expect([401, 413]).toContain((await guest.post("callback/guest", { nickname: name })).status);
    expect([...guest.cookies.keys()]).not.toContain("parley.sid");
  });
});

test("[F49] of two accents, composed and not, there is one name", async () => {
  expect((await signUp({ username: "Ren\u00e9e" })).status).toBe(201);
  expect((await signUp({ username: "Rene\u0301e" })).status).toBe(409);
});

test("[F49] of ten who want one look at once, one gets it", async () => {
  const looks = ["scope", "ѕсоре", "SCOPE", "ｓｃｏｐｅ", "scοpe", "scорe", "Scope", "sсope", "𝓈𝒸ℴ𝓅ℯ", "scoре"];
  const answers = await Promise.all(looks.map((username) => signUp({ username })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
});

describe("[F49] an e-mail address", () => {
  it.each([
    "ada＠example.org",
    "ada@exаmple.org",
    "ada@example.org\u200b",
    "ada@@example.org",
    "a\u0000@example.org",
    "＠",
    "ada@example。org",
  ])("that only looks like one is refused: %j", async (email) =>
    expect(await signUp({ username: "unrelated", email })).toMatchObject({ status: 422 }),
  );
});

describe("[F49] names of the world", () => {
  it.each(["Ødegård", "Владимир", "Ελένη", "محمد", "דוד", "नमस्ते", "花子", "ひろし", "김민수", "Nguyễn", "ไทย", "ქეთი"])(
    "are names: %s",
    async (username) => {
      expect(await signUp({ username })).toMatchObject({
        status: 201,
        body: { account: { username: username.normalize("NFKC") } },
      });
    },
  );

  it("and emoji may be shown", async () => {
    expect(await ada.call("PATCH", "/me", { displayName: "Pay 🦜 Pal 🏳️‍🌈" })).toMatchObject({
      status: expect.any(Number),
    });
  });
});

test("[F49] who was refused is not there", async () => {
  const { rows } = await database.pool.query("SELECT FROM accounts WHERE username = 'unrelated'");
  expect(rows).toEqual([]);
});
