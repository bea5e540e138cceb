import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { connect, joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let chidi: Person;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  chidi = await joinParley(parley.origin, "chidi");
});
afterAll(() => parley.stop());

const write = (from: Person, ...to: Person[]) =>
  from.rest<{ channel: ChannelView }>("POST", `/workspaces/${from.slug}/direct`, {
    memberIds: to.map(({ account }) => account.id),
  });
const own = async (person: Person, id: string) => (await person.shell()).channels.find((channel) => channel.id === id);

describe("a direct channel", () => {
  it("is one for the same people, whoever opens it and however often", async () => {
    const peer = await brook.connect();
    const first = await write(ada, brook);
    expect(first).toMatchObject({ status: 201, body: { channel: { kind: "direct", name: "", memberCount: 2 } } });
    const { id } = first.body.channel;
    await peer.hears("channel:joined", ({ channel }) => channel.id === id);
    peer.close();
    expect(await write(brook, ada)).toMatchObject({ status: 200, body: { channel: { id } } });
    expect(await write(ada, brook, ada)).toMatchObject({ status: 200, body: { channel: { id } } });
    expect((await write(ada, brook, chidi)).body.channel.id).not.toBe(id);
  });

  it("is one even where all open it in the same moment", async () => {
    const opened = await Promise.all([write(ada, chidi), write(chidi, ada), write(ada, chidi), write(chidi, ada)]);
    expect(new Set(opened.map(({ body }) => body.channel.id)).size).toBe(1);
    expect(opened.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(opened[0]?.body.channel.memberIds).toEqual([ada.account.id, chidi.account.id].sort());
  });

  it("of nobody else holds one's notes", async () => {
    const { body } = await write(ada);
    expect(body.channel).toMatchObject({ memberCount: 1, memberIds: [ada.account.id] });
    const said = await ada.rest("POST", `/channels/${body.channel.id}/messages`, { id: newId(), body: "milk" });
    expect(said.status).toBe(201);
  });

  it("is not there for anybody else, and cannot be renamed, archived, left or added to", async () => {
    const { id } = (await write(ada, brook)).body.channel;
    await ada.rest("POST", `/channels/${id}/messages`, { id: newId(), body: "between us" });
    expect(await own(chidi, id)).toBeUndefined();
    expect((await chidi.rest("GET", `/channels/${id}/messages`)).status).toBe(404);
    expect((await chidi.rest("POST", `/channels/${id}/members`, {})).status).toBe(404);
    for (const change of [{ name: "us" }, { archived: true }, { topic: "us" }])
      expect((await ada.rest("PATCH", `/channels/${id}`, change)).status).toBe(403);
    expect((await ada.rest("DELETE", `/channels/${id}/members/${ada.account.id}`)).status).toBe(403);
    const added = await ada.rest("POST", `/channels/${id}/members`, { accountIds: [chidi.account.id] });
    expect(added.status).toBe(403);
  });

  it("holds nine at most, and members of the workspace alone", async () => {
    const path = `/workspaces/${ada.slug}/direct`;
    const nine = Array.from({ length: 9 }, newId);
    expect((await ada.rest("POST", path, { memberIds: nine })).status).toBe(422);
    expect(await ada.rest("POST", path, { memberIds: [newId()] })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "memberIds.0" }] },
    });
  });
});

describe("one's own list", () => {
  it("shows a channel as one likes, on all of one's connections and for nobody else", async () => {
    const { id } = await ada.channel("general");
    const other = await connect(parley.origin, ada.slug, { token: ada.token });
    const set = { starred: true, muted: true, section: "Boats" };
    expect(await ada.rest("PATCH", `/channels/${id}/me`, set)).toMatchObject({ status: 200, body: { channel: set } });
    await other.hears("channel:updated", ({ channel }) => channel.id === id && channel.starred);
    other.close();
    expect(await own(ada, id)).toMatchObject(set);
    expect(await own(brook, id)).toMatchObject({ starred: false, muted: false, section: null });
    await ada.rest("PATCH", `/channels/${id}/me`, { section: null, muted: false });
    expect(await own(ada, id)).toMatchObject({ starred: true, muted: false, section: null });
  });

  it("hides a conversation until something is said in it", async () => {
    const { id } = (await write(ada, brook)).body.channel;
    await ada.rest("PATCH", `/channels/${id}/me`, { hidden: true });
    const hidden = await own(ada, id);
    expect(hidden?.hiddenSeq).toBe(hidden?.lastSeq);
    await brook.rest("POST", `/channels/${id}/messages`, { id: newId(), body: "are you there?" });
    const again = await own(ada, id);
    expect(again?.lastSeq).toBeGreaterThan(again?.hiddenSeq ?? Number.POSITIVE_INFINITY);
  });
});

describe("who may write and who rules", () => {
  it("only admins write where the channel says so", async () => {
    const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "news",
    });
    const { id } = body.channel;
    await brook.rest("POST", `/channels/${id}/members`, {});
    const say = (person: Person) =>
      person.rest("POST", `/channels/${id}/messages`, { id: newId(), body: "hear, hear" });
    expect((await brook.rest("PATCH", `/channels/${id}`, { posting: "admins" })).status).toBe(403);
    expect(await ada.rest("PATCH", `/channels/${id}`, { posting: "admins" })).toMatchObject({
      body: { channel: { posting: "admins" } },
    });
    expect(await say(brook)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await say(ada)).status).toBe(201);
    await ada.rest("PATCH", `/channels/${id}`, { posting: "all" });
    expect((await say(brook)).status).toBe(201);
  });

  it("roles are told to everybody, and the last owner stays one", async () => {
    const peer = await chidi.connect();
    const path = (person: Person) => `/workspaces/${ada.slug}/members/${person.account.id}`;
    expect(await ada.rest("PATCH", path(brook), { role: "admin" })).toMatchObject({
      body: { member: { role: "admin" } },
    });
    await peer.hears("member:updated", ({ account, role }) => account.id === brook.account.id && role === "admin");
    expect((await brook.rest("PATCH", path(ada), { role: "member" })).status).toBe(403);
    expect((await brook.rest("PATCH", path(brook), { role: "owner" })).status).toBe(403);
    expect(await ada.rest("PATCH", path(ada), { role: "member" })).toMatchObject({ status: 409 });
    peer.close();
  });
});
