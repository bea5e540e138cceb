import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let database: TestDatabase;
let parley: Parley;
let ada: Person;
let brook: Person;
let brookPeer: Peer;
let otherPeer: Peer;
let channelId: string;

beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  brookPeer = await brook.connect();
  otherPeer = await brook.connect();
});
afterAll(async () => {
  brookPeer.close();
  otherPeer.close();
  await parley.stop();
  await database.drop();
});
beforeEach(async () => {
  const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
    name: `unread ${newId()}`,
  });
  channelId = body.channel.id;
  await brook.rest("POST", `/channels/${channelId}/members`, {});
  for (const text of ["one", "two", "three", "four"]) {
    await ada.rest("POST", `/channels/${channelId}/messages`, { id: newId(), body: text });
  }
  await brookPeer.ask("channel:read", { channelId, seq: 4 });
});

const readSeq = async () => (await brook.shell()).channels.find(({ id }) => id === channelId)?.readSeq;

describe("marking unread from a message on", () => {
  it("moves the marker back to just before it, and tells one's other connections", async () => {
    expect(await brookPeer.ask("channel:unread", { channelId, seq: 3 })).toEqual({
      ok: true,
      readSeq: 2,
      mentionCount: 0,
    });
    expect(await readSeq()).toBe(2);
    expect(await otherPeer.hears("channel:unread", (fact) => fact.channelId === channelId)).toEqual({
      channelId,
      readSeq: 2,
      mentionCount: 0,
    });
    expect(brookPeer.told("channel:unread").filter((fact) => fact.channelId === channelId)).toEqual([]);
  });

  it("never moves it forward", async () => {
    await brookPeer.ask("channel:unread", { channelId, seq: 2 });
    expect(await brookPeer.ask("channel:unread", { channelId, seq: 4 })).toMatchObject({ readSeq: 1 });
    expect(await readSeq()).toBe(1);
  });

  it("counts the mentions that lie above it again", async () => {
    const { rows } = await database.pool.query<{ id: string; seq: number }>(
      "SELECT id, seq FROM messages WHERE channel_id = $1 AND seq IN (2, 4)",
      [channelId],
    );
    for (const { id, seq } of rows) {
      await database.pool.query(
        "INSERT INTO mentions (message_id, account_id, channel_id, seq) VALUES ($1, $2, $3, $4)",
        [id, brook.account.id, channelId, seq],
      );
    }
    expect(await brookPeer.ask("channel:unread", { channelId, seq: 3 })).toMatchObject({ mentionCount: 1 });
    expect(await brookPeer.ask("channel:unread", { channelId, seq: 1 })).toMatchObject({ mentionCount: 2 });
    await brookPeer.ask("channel:read", { channelId, seq: 4 });
    expect((await brook.shell()).channels.find(({ id }) => id === channelId)?.mentionCount).toBe(0);
  });

  it("is the same over REST", async () => {
    expect(await brook.rest("POST", `/channels/${channelId}/unread`, { seq: 1 })).toEqual({
      status: 200,
      body: { readSeq: 0, mentionCount: 0 },
    });
  });
});
