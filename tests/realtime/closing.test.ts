import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { connect, joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let database: TestDatabase;
let parley: Parley;
let ada: Person;
let general: string;

beforeEach(async () => {
  database = await createDatabase();
  parley = await start();
  ada = await joinParley(parley.origin, "ada");
  general = (await ada.channel("general")).id;
});
afterEach(() => database.drop());

/** The secret stays, as it would in the data folder. */
const start = () =>
  startParley({
    databaseUrl: database.url,
    env: { RATE_LIMITS: "off", AUTH_SECRET: "a secret that outlives the server" },
  });

interface Sent {
  id: string;
  body: string;
  /** Whether it was acknowledged; no answer means that nobody knows. */
  fate: "stored" | "refused" | "unknown";
}

/** Sends without a pause until the connection ends; `enough` is called once when many were acknowledged. */
async function sendUntilTheEnd(peer: Peer, enough: () => void): Promise<Sent[]> {
  const all: Sent[] = [];
  let acknowledged = 0;
  const ended = new Promise<void>((end) => peer.socket.once("disconnect", () => end()));
  const sender = async () => {
    while (peer.socket.connected) {
      const one: Sent = { id: newId(), body: `number ${all.length}`, fate: "unknown" };
      all.push(one);
      const answer = await Promise.race([
        peer.ask("message:send", { id: one.id, channelId: general, body: one.body }),
        ended,
      ]).catch(() => undefined);
      if (answer === undefined) return;
      one.fate = answer.ok ? "stored" : "refused";
      acknowledged += 1;
      if (acknowledged === 500) enough();
    }
  };
  await Promise.all(Array.from({ length: 200 }, sender));
  return all;
}

/** Starts anew, and sends again whatever was not acknowledged: all must be there, once, without a gap. */
async function expectNothingLost(sent: Sent[]): Promise<void> {
  const before = await stored();
  const kept = new Set(before.map(({ id }) => id));
  for (const { id, fate } of sent) {
    if (fate === "stored") expect(kept.has(id)).toBe(true);
    if (fate === "refused") expect(kept.has(id)).toBe(false);
  }
  parley = await start();
  const peer = await connect(parley.origin, ada.slug, { token: ada.token });
  for (const { id, body, fate } of sent) {
    if (fate === "stored") continue;
    expect(await peer.ask("message:send", { id, channelId: general, body })).toMatchObject({
      ok: true,
      message: { id, body },
    });
  }
  peer.close();
  const after = await stored();
  expect(after.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
  expect(after.map(({ seq }) => seq)).toEqual(after.map((_, place) => place + 1));
  expect(await parley.stop()).toBe(0);
}

async function stored(): Promise<{ id: string; seq: number }[]> {
  const { rows } = await database.pool.query<{ id: string; seq: number }>(
    "SELECT id, seq FROM messages WHERE channel_id = $1 ORDER BY seq",
    [general],
  );
  return rows;
}

test("[F30] told to stop amid sends, it says so, ends in order, and loses nothing that it acknowledged", async () => {
  const peer = await ada.connect();
  let stopping: Promise<number | null> = Promise.resolve(null);
  const sent = await sendUntilTheEnd(peer, () => {
    stopping = parley.stop();
  });
  expect(await stopping).toBe(0);
  expect(peer.told("server:closing")).toEqual([{ reconnectInMs: expect.any(Number) }]);
  await expectNothingLost(sent);
});

test("[F02] killed amid sends, it has everything that it acknowledged, and takes the rest again without doubling", async () => {
  const peer = await ada.connect();
  let killed: Promise<void> = Promise.resolve();
  const sent = await sendUntilTheEnd(peer, () => {
    killed = parley.kill();
  });
  await killed;
  expect(sent.some(({ fate }) => fate === "unknown")).toBe(true);
  await expectNothingLost(sent);
});
