import type { ChannelView } from "@/lib/channels/channel.events";
import type { MessagePage, MessageView } from "@/lib/messages/message.events";
import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let database: TestDatabase;
let parley: Parley;
let ada: Person;
let brook: Person;
let adaPeer: Peer;
let brookPeer: Peer;
let general: string;

beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  // The first account owns the workspace.
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  adaPeer = await ada.connect();
  brookPeer = await brook.connect();
  general = (await ada.channel("general")).id;
});
afterAll(async () => {
  adaPeer.close();
  brookPeer.close();
  await parley.stop();
  await database.drop();
});

const say = async (peer: Peer, body: string, channelId = general): Promise<MessageView> =>
  messageOf(await peer.ask("message:send", { id: newId(), channelId, body }));

function messageOf(answer: { ok: true; message: MessageView } | { ok: false; error: { code: string } }): MessageView {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.message;
}

const versionNow = async () => (await ada.channel("general")).version;
const newest = async (): Promise<MessagePage> =>
  (await brook.rest<MessagePage>("GET", `/channels/${general}/messages?limit=1`)).body;
const missed = async (since: number) => {
  const answer = await brookPeer.ask("sync", { cursors: { [general]: since } });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.channels[general];
};

/** Every row of every table that holds a text. */
async function rowsWith(text: string): Promise<string[]> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  const found = await Promise.all(
    tables.map(({ name }) => database.pool.query(`SELECT FROM ${name} AS t WHERE t::text LIKE $1`, [`%${text}%`])),
  );
  return tables.flatMap(({ name }, index) => Array<string>(found[index]?.rowCount ?? 0).fill(name));
}

describe("editing a message", () => {
  it("is one step of the version, told to everybody, and what sync and pages then hold", async () => {
    const first = await say(brookPeer, "good mornign");
    const edited = messageOf(await brookPeer.ask("message:edit", { id: first.id, body: "good morning" }));
    expect(edited).toEqual({
      ...first,
      body: "good morning",
      version: first.version + 1,
      editedAt: expect.stringMatching(/Z$/),
    });
    const told = await adaPeer.hears("channel:changes", ({ to }) => to === edited.version);
    expect(told).toMatchObject({ channelId: general, from: first.version, messages: [edited] });
    expect(await missed(first.version)).toMatchObject({ version: edited.version, reset: false, messages: [edited] });
    expect(await newest()).toMatchObject({ version: edited.version, messages: [edited] });
  });

  it("keeps the earlier texts", async () => {
    const { id } = await say(brookPeer, "one");
    await brookPeer.ask("message:edit", { id, body: "two" });
    const { version } = messageOf(await brookPeer.ask("message:edit", { id, body: "three" }));
    const { rows } = await database.pool.query(
      "SELECT version, body FROM message_edits WHERE message_id = $1 ORDER BY version",
      [id],
    );
    expect(rows).toEqual([
      { version: version - 1, body: "one" },
      { version, body: "two" },
    ]);
  });

  it("to the same body is answered, and is no step", async () => {
    const { id } = await say(brookPeer, "before");
    const edited = await brookPeer.ask("message:edit", { id, body: "after" });
    expect(await brookPeer.ask("message:edit", { id, body: "after" })).toEqual(edited);
    expect(await versionNow()).toBe(messageOf(edited).version);
  });

  it("over REST is the same", async () => {
    const first = await say(brookPeer, "by socket");
    const { status, body } = await brook.rest<{ message: MessageView }>(
      "PATCH",
      `/channels/${general}/messages/${first.id}`,
      { body: "x".repeat(16_000) },
    );
    expect({ status, message: body.message }).toMatchObject({
      status: 200,
      message: { id: first.id, version: first.version + 1, body: "x".repeat(16_000) },
    });
    await adaPeer.hears("channel:changes", ({ to }) => to === first.version + 1);
  });

  it("may follow the sending at once, before the sending is acknowledged", async () => {
    const id = newId();
    const [, edited] = await Promise.all([
      brookPeer.ask("message:send", { id, channelId: general, body: "hasty" }),
      brookPeer.ask("message:edit", { id, body: "hastily" }),
    ]);
    expect(edited).toMatchObject({ message: { body: "hastily" } });
  });

  it("does not change what a repeated sending is compared with", async () => {
    const message = { id: newId(), channelId: general, body: "as sent" };
    await brookPeer.ask("message:send", message);
    const edited = await brookPeer.ask("message:edit", { id: message.id, body: "as edited" });
    expect(await brookPeer.ask("message:send", message)).toEqual(edited);
    expect(await brookPeer.ask("message:send", { ...message, body: "as edited" })).toMatchObject({
      error: { code: "conflict" },
    });
  });

  it.each(["", "a\u0000b", "x".repeat(16_001), 7, null])("to %j is invalid", async (body) => {
    const { id } = await say(brookPeer, "whole");
    expect(await brookPeer.askRaw("message:edit", { id, body })).toMatchObject({
      error: { code: "invalid", errors: [{ path: "body" }] },
    });
    expect(await newest()).toMatchObject({ messages: [{ id, body: "whole" }] });
  });

  it("is its author's alone, whatever the others' roles", async () => {
    const { id, version } = await say(brookPeer, "brook's");
    expect(await adaPeer.ask("message:edit", { id, body: "ada's" })).toMatchObject({ error: { code: "forbidden" } });
    expect(await newest()).toMatchObject({ version, messages: [{ body: "brook's" }] });
  });
});

describe("deleting a message", () => {
  it("leaves its place and author, and nothing of what it said anywhere", async () => {
    const [sent, between] = [`sent ${newId()}`, `edited ${newId()}`];
    const before = await versionNow();
    const first = await say(brookPeer, sent);
    await brookPeer.ask("message:edit", { id: first.id, body: between });
    await adaPeer.ask("reaction:add", { messageId: first.id, emoji: "👀" });
    expect(await rowsWith(sent)).toEqual(["message_edits"]);
    expect(await rowsWith(between)).toEqual(["messages"]);

    const gone = messageOf(await brookPeer.ask("message:delete", { id: first.id }));
    expect(gone).toMatchObject({
      ...first,
      version: first.version + 3,
      body: "",
      reactions: [],
      editedAt: expect.any(String),
      deletedAt: expect.stringMatching(/Z$/),
    });
    const told = await adaPeer.hears("channel:changes", ({ to }) => to === gone.version);
    expect(told.messages).toEqual([gone]);
    expect([...(await rowsWith(sent)), ...(await rowsWith(between))]).toEqual([]);
    expect(await rowsWith(`(${first.id},`)).toEqual(["messages"]);
    expect((await missed(before))?.messages).toEqual([gone]);
    expect((await newest()).messages).toEqual([gone]);
  });

  it("twice is answered with what is left, and is one step", async () => {
    const { id } = await say(brookPeer, "gone soon");
    const gone = await brookPeer.ask("message:delete", { id });
    expect(await brookPeer.ask("message:delete", { id })).toEqual(gone);
    const again = await brook.rest<{ message: MessageView }>("DELETE", `/channels/${general}/messages/${id}`);
    expect(again).toEqual({ status: 200, body: { message: messageOf(gone) } });
    expect(await versionNow()).toBe(messageOf(gone).version);
  });

  it("answers a repeated sending with what is left, for ever", async () => {
    const message = { id: newId(), channelId: general, body: "said once" };
    await brookPeer.ask("message:send", message);
    const gone = await brookPeer.ask("message:delete", { id: message.id });
    expect(await brookPeer.ask("message:send", message)).toEqual(gone);
    expect(await brookPeer.ask("message:send", { ...message, body: "" })).toMatchObject({ error: { code: "invalid" } });
  });

  it("ends it: it can be neither edited nor reacted to", async () => {
    const { id } = await say(brookPeer, "over");
    const { version } = messageOf(await brookPeer.ask("message:delete", { id }));
    for (const refused of [
      brookPeer.ask("message:edit", { id, body: "back" }),
      adaPeer.ask("message:edit", { id, body: "back" }),
      adaPeer.ask("reaction:add", { messageId: id, emoji: "👍" }),
    ]) {
      expect(await refused).toMatchObject({ error: { code: "not_found" } });
    }
    expect(await versionNow()).toBe(version);
  });

  it("is its author's, an admin's and an owner's", async () => {
    const [adas, brooks] = [await say(adaPeer, "ada's"), await say(brookPeer, "brook's")];
    expect(await brookPeer.ask("message:delete", { id: adas.id })).toMatchObject({ error: { code: "forbidden" } });
    expect(await adaPeer.ask("message:delete", { id: brooks.id })).toMatchObject({
      message: { authorId: brook.account.id, body: "" },
    });
  });
});

describe("an archived channel", () => {
  it("refuses changes, and still answers what is so already", async () => {
    const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "closing",
    });
    const channelId = body.channel.id;
    const [kept, gone] = [await say(adaPeer, "kept", channelId), await say(adaPeer, "gone", channelId)];
    await adaPeer.ask("reaction:add", { messageId: kept.id, emoji: "👍" });
    await adaPeer.ask("message:delete", { id: gone.id });
    await ada.rest("PATCH", `/channels/${channelId}`, { archived: true });

    for (const refused of [
      adaPeer.ask("message:edit", { id: kept.id, body: "changed" }),
      adaPeer.ask("message:delete", { id: kept.id }),
      adaPeer.ask("reaction:add", { messageId: kept.id, emoji: "🎉" }),
      adaPeer.ask("reaction:remove", { messageId: kept.id, emoji: "👍" }),
    ]) {
      expect(await refused).toMatchObject({ error: { code: "forbidden" } });
    }
    for (const answered of [
      adaPeer.ask("message:edit", { id: kept.id, body: "kept" }),
      adaPeer.ask("message:delete", { id: gone.id }),
      adaPeer.ask("reaction:add", { messageId: kept.id, emoji: "👍" }),
      adaPeer.ask("reaction:remove", { messageId: kept.id, emoji: "🎉" }),
    ]) {
      expect(await answered).toMatchObject({ ok: true });
    }
  });
});

describe("whoever has left the channel", () => {
  it("changes nothing in it, and learns nothing of what became of their own", async () => {
    const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "left",
    });
    const channelId = body.channel.id;
    await brook.rest("POST", `/channels/${channelId}/members`, {});
    const [quiet, loud] = [newId(), newId()].map((id) => ({ id, channelId, body: "mine" }));
    if (quiet === undefined || loud === undefined) throw new Error("two messages were made");
    const asLeft = await brookPeer.ask("message:send", quiet);
    const { id } = messageOf(await brookPeer.ask("message:send", loud));
    await brook.rest("DELETE", `/channels/${channelId}/members/${brook.account.id}`);
    await adaPeer.ask("reaction:add", { messageId: id, emoji: "👋" });

    for (const refused of [
      brookPeer.ask("message:edit", { id, body: "hm" }),
      brookPeer.ask("message:delete", { id }),
      brookPeer.ask("reaction:add", { messageId: id, emoji: "👋" }),
      brookPeer.ask("reaction:remove", { messageId: id, emoji: "👋" }),
    ]) {
      expect(await refused).toMatchObject({ error: { code: "not_found" } });
    }
    expect(await brookPeer.ask("message:send", quiet)).toEqual(asLeft);
    expect(await brookPeer.ask("message:send", loud)).toMatchObject({
      message: { id, body: "mine", version: 0, reactions: [], deletedAt: null },
    });
  });
});

test("a flood of edits, deletions and reactions is slowed by a limit of its own, and nobody else's", async () => {
  const limited = await startParley();
  const [chidi, dana] = [await joinParley(limited.origin, "chidi"), await joinParley(limited.origin, "dana")];
  const [flood, quiet] = [await chidi.connect(), await dana.connect()];
  const { id } = await say(flood, "here", (await chidi.channel("general")).id);
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
  await say(flood, "sends have their own", (await chidi.channel("general")).id);
  flood.close();
  quiet.close();
  await limited.stop();
});
