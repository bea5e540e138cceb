import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let flood: Peer;
let quiet: Peer;
let channelId: string;

beforeAll(async () => {
  parley = await startParley();
  const ada = await joinParley(parley.origin, "ada");
  const brook = await joinParley(parley.origin, "brook");
  flood = await ada.connect();
  quiet = await brook.connect();
  channelId = (await ada.channel("general")).id;
});
afterAll(async () => {
  flood.close();
  quiet.close();
  await parley.stop();
});

const say = (peer: Peer, id = newId()) => peer.ask("message:send", { id, channelId, body: "again" });

test("a flood of edits, deletions and reactions is slowed by a limit of its own", async () => {
  const id = newId();
  await say(flood, id);
  const answers = await Promise.all(
    Array.from({ length: 90 }, (_, n) =>
      n % 2 === 0
        ? flood.ask("message:edit", { id, body: `edit ${n}` })
        : flood.ask("reaction:remove", { messageId: id, emoji: "👍" }),
    ),
  );
  expect(answers.slice(0, 60).every(({ ok }) => ok)).toBe(true);
  expect(answers.at(-1)).toMatchObject({ error: { code: "rate_limited", retryAfterMs: expect.any(Number) } });
  expect(await quiet.ask("reaction:add", { messageId: id, emoji: "👍" })).toMatchObject({ ok: true });
  expect(await say(flood)).toMatchObject({ ok: true });
});

test("a flood of messages from one account is slowed by its own limit, and nobody else's", async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => say(flood)));
  expect(answers.slice(0, 18).every(({ ok }) => ok)).toBe(true);
  expect(answers.at(-1)).toMatchObject({ error: { code: "rate_limited", retryAfterMs: expect.any(Number) } });
  expect(await say(quiet)).toMatchObject({ ok: true });
});
