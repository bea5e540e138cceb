import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let adaPeer: Peer;
let brookPeer: Peer;

const create = async (person: Person, name: string) => {
  const { status, body } = await person.rest<{ channel: ChannelView; code?: string }>(
    "POST",
    `/workspaces/${person.slug}/channels`,
    { name },
  );
  return { status, code: body.code, ...body.channel };
};

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  adaPeer = await ada.connect();
  brookPeer = await brook.connect();
});
afterAll(async () => {
  adaPeer.close();
  brookPeer.close();
  await parley.stop();
});

describe("a workspace", () => {
  it("has #general and #random from the start, with everybody in them", async () => {
    const { channels, members, me, workspace } = await brook.shell();
    expect(channels.map(({ name, memberCount }) => [name, memberCount])).toEqual([
      ["general", 2],
      ["random", 2],
    ]);
    expect(members.map(({ username, role }) => [username, role])).toEqual([
      ["ada", "owner"],
      ["brook", "member"],
    ]);
    expect(me).toMatchObject({ ...brook.account, role: "member" });
    expect(workspace).toMatchObject({ slug: brook.slug });
  });

  it("is not found by those outside it", async () => {
    expect(await ada.rest("GET", "/workspaces/elsewhere")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("a public channel", () => {
  it("begins with its creator in it, and can be found and joined by others", async () => {
    const made = await create(ada, "kitchen");
    expect(made).toMatchObject({ status: 201, kind: "public", lastSeq: 0, readSeq: 0, memberCount: 1 });
    expect(await brook.channel("kitchen")).toMatchObject({ id: made.id, readSeq: null });
    await adaPeer.ask("message:send", { id: newId(), channelId: made.id, body: "before brook" });

    expect(await brookPeer.ask("history", { channelId: made.id })).toMatchObject({ error: { code: "not_found" } });
    const joined = await brook.rest<{ channel: ChannelView }>("POST", `/channels/${made.id}/members`, {});
    expect(joined).toMatchObject({ status: 200, body: { channel: { memberCount: 2, readSeq: 1, lastSeq: 1 } } });
    expect(await brookPeer.hears("channel:joined", ({ channel }) => channel.id === made.id)).toBeDefined();
    expect(await brookPeer.ask("history", { channelId: made.id })).toMatchObject({
      messages: [{ body: "before brook" }],
    });

    await adaPeer.ask("message:send", { id: newId(), channelId: made.id, body: "welcome" });
    await brookPeer.hears("channel:changes", ({ messages }) => messages.some(({ body }) => body === "welcome"));
  });

  it("is joined once, however often one asks", async () => {
    const made = await create(ada, "twice");
    await brook.rest("POST", `/channels/${made.id}/members`, {});
    const { version } = await brook.channel("twice");
    expect((await brook.rest("POST", `/channels/${made.id}/members`, {})).status).toBe(200);
    expect(await brook.channel("twice")).toMatchObject({ version, memberCount: 2 });
  });

  it.each(["Kitchen", "ＫＩＴＣＨＥＮ", " kitchen "])("cannot take the name of another: %s", async (name) => {
    expect(await create(ada, name)).toMatchObject({ status: 409, code: "conflict" });
  });

  it.each(["", " ", "x".repeat(81), "a\u0000b", "..", "a\u202eb"])("cannot be named %j", async (name) => {
    expect(await create(ada, name)).toMatchObject({ status: 422, code: "invalid" });
  });

  it("is renamed and given a topic for everybody at once", async () => {
    const made = await create(ada, "draft");
    await brook.rest("POST", `/channels/${made.id}/members`, {});
    await ada.rest("PATCH", `/channels/${made.id}`, { name: "Plans", topic: "what comes next" });
    const told = await brookPeer.hears("channel:updated", ({ channel }) => channel.id === made.id);
    expect(told.channel).toMatchObject({ name: "Plans", topic: "what comes next", readSeq: 0 });
    expect(await ada.rest("PATCH", `/channels/${made.id}`, { name: "kitchen" })).toMatchObject({ status: 409 });
    expect(await ada.rest("PATCH", `/channels/${made.id}`, { lastSeq: 0 })).toMatchObject({ status: 422 });
  });

  it("is archived, closed to new members, and opened again", async () => {
    const made = await create(ada, "old");
    expect(await ada.rest("PATCH", `/channels/${made.id}`, { archived: true })).toMatchObject({
      body: { channel: { archivedAt: expect.stringMatching(/Z$/) } },
    });
    expect(await brook.rest("POST", `/channels/${made.id}/members`, {})).toMatchObject({ status: 403 });
    expect(await ada.rest("PATCH", `/channels/${made.id}`, { archived: false })).toMatchObject({
      body: { channel: { archivedAt: null } },
    });
  });

  it("that everybody is in cannot be archived", async () => {
    const general = await ada.channel("general");
    expect(await ada.rest("PATCH", `/channels/${general.id}`, { archived: true })).toMatchObject({ status: 403 });
  });

  it("can be changed only by those in it", async () => {
    const made = await create(ada, "mine");
    expect(await brook.rest("PATCH", `/channels/${made.id}`, { topic: "hm" })).toMatchObject({ status: 404 });
  });
});

describe("leaving", () => {
  it("draws an exact cut: nothing above the version of the going arrives", async () => {
    const made = await create(ada, "cut");
    await brook.rest("POST", `/channels/${made.id}/members`, {});
    const chatter = Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        adaPeer.ask("message:send", { id: newId(), channelId: made.id, body: `c${n}` }),
      ),
    );
    expect(await brook.rest("DELETE", `/channels/${made.id}/members/${brook.account.id}`)).toMatchObject({
      status: 204,
    });
    await chatter;
    await brookPeer.hears("channel:left", ({ channelId }) => channelId === made.id);

    const { channels } = await adaPeer.ask("sync", { cursors: { [made.id]: 1 } }).then((answer) => {
      if (!answer.ok) throw new Error(answer.error.code);
      return answer;
    });
    const gone = channels[made.id]?.members?.findIndex(({ role }) => role === null);
    expect(gone).toBe(1);
    const heard = brookPeer.told("channel:changes").filter(({ channelId }) => channelId === made.id);
    const versionOfGoing = await versionWhereLeft(made.id);
    for (const { to } of heard) expect(to).toBeLessThanOrEqual(versionOfGoing);

    const answer = await brookPeer.ask("sync", { cursors: { [made.id]: 1 } });
    expect(answer).toMatchObject({ ok: true, left: [made.id] });
    expect(await brookPeer.ask("message:send", { id: newId(), channelId: made.id, body: "still me" })).toMatchObject({
      error: { code: "not_found" },
    });
  });

  /** The version of the going, from ada's own stream: the change that carries a member with no role. */
  async function versionWhereLeft(channelId: string): Promise<number> {
    const change = await adaPeer.hears(
      "channel:changes",
      (one) => one.channelId === channelId && (one.members ?? []).some(({ role }) => role === null),
    );
    const seen = new Set(change.messages.map(({ version }) => version));
    for (let version = change.to; version > change.from; version -= 1) if (!seen.has(version)) return version;
    throw new Error("The change holds no step without a message.");
  }

  it("is one's own affair; removing others is an owner's", async () => {
    const made = await create(brook, "brooks");
    await ada.rest("POST", `/channels/${made.id}/members`, {});
    expect(await brook.rest("DELETE", `/channels/${made.id}/members/${ada.account.id}`)).toMatchObject({ status: 403 });
    expect(await ada.rest("DELETE", `/channels/${made.id}/members/${brook.account.id}`)).toMatchObject({ status: 204 });
    await brookPeer.hears("channel:left", ({ channelId }) => channelId === made.id);
  });
});

describe("unread", () => {
  it("counts what others said since one last read, and never goes back", async () => {
    const made = await create(ada, "unread");
    await brook.rest("POST", `/channels/${made.id}/members`, {});
    for (const body of ["one", "two", "three"])
      await adaPeer.ask("message:send", { id: newId(), channelId: made.id, body });
    expect(await brook.channel("unread")).toMatchObject({ lastSeq: 3, readSeq: 0 });
    expect(await ada.channel("unread")).toMatchObject({ lastSeq: 3, readSeq: 3 });
    expect(await brookPeer.ask("channel:read", { channelId: made.id, seq: 2 })).toMatchObject({ readSeq: 2 });
    expect(await brookPeer.ask("channel:read", { channelId: made.id, seq: 1 })).toMatchObject({ readSeq: 2 });
    expect(await brookPeer.ask("channel:read", { channelId: made.id, seq: 999 })).toMatchObject({ readSeq: 3 });
  });

  it("is told to one's other connections, and not back to the one that read", async () => {
    const other = await brook.connect();
    const made = await create(ada, "tabs");
    await brook.rest("POST", `/channels/${made.id}/members`, {});
    await adaPeer.ask("message:send", { id: newId(), channelId: made.id, body: "hi" });
    await brookPeer.ask("channel:read", { channelId: made.id, seq: 1 });
    expect(await other.hears("channel:read", ({ channelId }) => channelId === made.id)).toMatchObject({ readSeq: 1 });
    await brookPeer.ask("sync", { cursors: {} });
    expect(brookPeer.told("channel:read").filter(({ channelId }) => channelId === made.id)).toEqual([]);
    other.close();
  });
});
