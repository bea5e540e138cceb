import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { changesTold, expectChain, hearsAll } from "@/tests/cluster/told";
import { type Nodes, PROGRAMS, startNodes } from "@/tests/support/nodes";
import { connect, joinParley, type Peer, type Person, refusalOf } from "@/tests/support/peer";
import { describeWith } from "@/tests/support/programs";

describeWith(PROGRAMS, "[F24] two nodes whose Redis fails", () => {
  let nodes: Nodes;
  let ada: Person;
  let brook: Person;
  let general: string;
  let adaPeer: Peer;
  let brookPeer: Peer;

  beforeAll(async () => {
    nodes = await startNodes();
    ada = await joinParley(nodes.a.origin, "ada");
    brook = await joinParley(nodes.b.origin, "brook");
    general = (await ada.channel("general")).id;
  });
  afterAll(() => nodes.close());
  beforeEach(async () => {
    adaPeer = await connect(nodes.a.origin, ada.slug, { token: ada.token });
    brookPeer = await connect(nodes.b.origin, brook.slug, { token: brook.token });
    for (const peer of [adaPeer, brookPeer]) await peer.ask("sync", { cursors: {} });
  });
  afterEach(() => {
    adaPeer.close();
    brookPeer.close();
  });

  /** What each says on its own node, the other hears, in order and without asking; also what both say at once. */
  async function expectDelivery(): Promise<void> {
    for (const speakers of [[adaPeer], [brookPeer], [adaPeer, brookPeer]]) {
      const ids = Array.from({ length: 20 }, newId);
      const said = ids.map((id, n) =>
        speakers[n % speakers.length]?.ask("message:send", { id, channelId: general, body: `number ${n}` }),
      );
      expect((await Promise.all(said)).map((answer) => answer?.ok)).toEqual(ids.map(() => true));
      for (const peer of [adaPeer, brookPeer]) await hearsAll(peer, ids);
    }
    for (const peer of [adaPeer, brookPeer]) expectChain(changesTold(peer, general));
  }

  /** A place of reading is told to one's other tabs by Redis alone: it arrives if and only if Redis carries again. */
  async function redisCarries(): Promise<void> {
    const tab = await connect(nodes.b.origin, ada.slug, { token: ada.token });
    let seq = 0;
    const arrived = tab.hears("channel:read", (fact) => fact.channelId === general);
    let done = false;
    arrived.then(() => {
      done = true;
    });
    while (!done) {
      const said = await brookPeer.ask("message:send", { id: newId(), channelId: general, body: "and now?" });
      seq = said.ok ? (said.message.seq ?? seq) : seq;
      await adaPeer.ask("channel:read", { channelId: general, seq });
    }
    tab.close();
  }

  it("do not notice that it forgets everything", async () => {
    await nodes.redis.command("FLUSHALL");
    await expectDelivery();
    await redisCarries();
  });

  it("do not stumble over keys of other kinds under their names", async () => {
    for (const name of ["parley", "parley#/#", "socket.io", "socket.io#/#"]) {
      await nodes.redis.command("SET", name, "something else");
    }
    await expectDelivery();
    await redisCarries();
  });

  it("find what is said in Postgres while it is dead, and use it again when it is back", async () => {
    await nodes.redis.kill();
    await expectDelivery();
    await nodes.redis.start();
    await expectDelivery();
    await redisCarries();
  });

  it("find what is said in Postgres while it takes no commands", async () => {
    await nodes.redis.command("CLIENT", "PAUSE", "10000");
    await expectDelivery();
    await redisCarries();
  });

  it("find what is said in Postgres while it is stopped with its connections open", async () => {
    nodes.redis.pause();
    await expectDelivery();
    nodes.redis.resume();
    await expectDelivery();
    await redisCarries();
  });

  it("connect again when it throws them out", async () => {
    for (const type of ["pubsub", "normal"]) await nodes.redis.command("CLIENT", "KILL", "TYPE", type);
    await expectDelivery();
    await redisCarries();
  });

  it("let people in and out without it, with an exact cut", async () => {
    await nodes.redis.kill();
    const made = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "without-redis",
    });
    const channelId = made.body.channel.id;
    await ada.rest("POST", `/channels/${channelId}/members`, { accountIds: [brook.account.id] });
    await brookPeer.hears("channel:joined", ({ channel }) => channel.id === channelId);
    const heard = newId();
    await adaPeer.ask("message:send", { id: heard, channelId, body: "welcome" });
    await hearsAll(brookPeer, [heard]);

    await ada.rest("DELETE", `/channels/${channelId}/members/${brook.account.id}`);
    await adaPeer.ask("message:send", { id: newId(), channelId, body: "now that brook is gone" });
    await brookPeer.hears("channel:left", (fact) => fact.channelId === channelId);
    expect(JSON.stringify(brookPeer.facts)).not.toContain("now that brook is gone");
    await nodes.redis.start();
    await redisCarries();
  });

  it("[F38] find in Postgres that a session was ended on the other node", async () => {
    const chidi = await joinParley(nodes.a.origin, "chidi");
    const peer = await connect(nodes.b.origin, chidi.slug, { token: chidi.token });
    const gone = new Promise((resolve) => peer.socket.once("disconnect", resolve));
    await nodes.redis.kill();
    const { tokens } = (await chidi.visitor.call("GET", "/tokens")).body;
    await chidi.visitor.call("DELETE", `/tokens/${tokens[0]?.id}`);
    await gone;
    expect(await refusalOf(nodes.b.origin, `/w/${chidi.slug}`, { token: chidi.token })).toBe("unauthenticated");
    await nodes.redis.start();
    await redisCarries();
  });

  it("start without it, and find it when it comes", async () => {
    await nodes.redis.kill();
    await nodes.b.parley.stop();
    await nodes.b.parley.start();
    brookPeer = await connect(nodes.b.origin, brook.slug, { token: brook.token });
    await brookPeer.ask("sync", { cursors: {} });
    await expectDelivery();
    await nodes.redis.start();
    await redisCarries();
  });
});
