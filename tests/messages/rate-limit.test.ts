import { newId } from "@/lib/shared/ids";
import { joinParley } from "@/tests/support/peer";
import { startParley } from "@/tests/support/server";

test("a flood from one account is slowed by its own limit, and nobody else's", async () => {
  const parley = await startParley();
  const ada = await joinParley(parley.origin, "ada");
  const brook = await joinParley(parley.origin, "brook");
  const [flood, quiet] = [await ada.connect(), await brook.connect()];
  const channelId = (await ada.channel("general")).id;
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => flood.ask("message:send", { id: newId(), channelId, body: "again" })),
  );
  expect(answers.slice(0, 20).every(({ ok }) => ok)).toBe(true);
  expect(answers.at(-1)).toMatchObject({ error: { code: "rate_limited", retryAfterMs: expect.any(Number) } });
  expect(await quiet.ask("message:send", { id: newId(), channelId, body: "still here" })).toMatchObject({ ok: true });
  flood.close();
  quiet.close();
  await parley.stop();
});
