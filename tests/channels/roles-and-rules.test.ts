import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let brookPeer: Peer;
let news: ChannelView;

const say = (peer: Peer, body: string, more = {}) =>
  peer.ask("message:send", { id: newId(), channelId: news.id, body, ...more });
const setRole = (actor: Person, whom: Person, role: string) =>
  actor.rest("PATCH", `/workspaces/${actor.slug}/members/${whom.account.id}`, { role });

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  brookPeer = await brook.connect();
  const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
    name: "news",
  });
  news = body.channel;
  await brook.rest("POST", `/channels/${news.id}/members`, {});
});
afterAll(async () => {
  brookPeer.close();
  await parley.stop();
});

describe("a channel where only admins write", () => {
  it("is made so by an owner, and everybody is told", async () => {
    expect(await brook.rest("PATCH", `/channels/${news.id}`, { posting: "admins" })).toMatchObject({ status: 403 });
    expect(await ada.rest("PATCH", `/channels/${news.id}`, { posting: "admins" })).toMatchObject({
      body: { channel: { posting: "admins" } },
    });
    const told = await brookPeer.hears("channel:updated", ({ channel }) => channel.id === news.id);
    expect(told.channel.posting).toBe("admins");
  });

  it("refuses what a member says, in its threads too, and takes what an owner says", async () => {
    const adaPeer = await ada.connect();
    const said = await say(adaPeer, "the harbour is closed");
    expect(said).toMatchObject({ ok: true });
    expect(await say(brookPeer, "why?")).toMatchObject({ ok: false, error: { code: "forbidden" } });
    const threadId = said.ok ? said.message.id : "";
    expect(await say(brookPeer, "why?", { threadId })).toMatchObject({ error: { code: "forbidden" } });
    adaPeer.close();
  });

  it("lets a member write from the moment that they are an admin", async () => {
    expect(await setRole(ada, brook, "admin")).toMatchObject({ body: { member: { role: "admin" } } });
    const told = await brookPeer.hears("member:updated", ({ role }) => role !== undefined);
    expect(told).toMatchObject({ account: brook.account, role: "admin" });
    expect(await say(brookPeer, "now I can")).toMatchObject({ ok: true });
  });
});

describe("roles", () => {
  it("of owners are an owner's to give and to take", async () => {
    expect(await setRole(brook, ada, "member")).toMatchObject({ status: 403 });
    expect(await setRole(brook, brook, "owner")).toMatchObject({ status: 403 });
  });

  it("always leave an owner, even if two step down at once", async () => {
    expect(await setRole(ada, ada, "member")).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(await setRole(ada, brook, "owner")).toMatchObject({ status: 200 });
    const [one, other] = await Promise.all([setRole(ada, ada, "member"), setRole(brook, brook, "member")]);
    expect([one.status, other.status].sort()).toEqual([200, 409]);
    const { members } = await ada.shell();
    expect(members.filter(({ role }) => role === "owner")).toHaveLength(1);
  });
});
