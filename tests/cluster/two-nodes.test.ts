import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { changesTold, expectChain, hearsAll, messagesTold } from "@/tests/cluster/told";
import { type Nodes, PROGRAMS, startNodes } from "@/tests/support/nodes";
import { connect, joinParley, type Peer, type Person, refusalOf } from "@/tests/support/peer";
import { describeWith } from "@/tests/support/programs";

describeWith(PROGRAMS, "two nodes behind nginx", () => {
  let nodes: Nodes;
  let ada: Person;
  let brook: Person;
  let general: string;
  const open: Peer[] = [];

  const at = async (node: "a" | "b", person: Person) => {
    const peer = await connect(nodes[node].origin, person.slug, { token: person.token });
    open.push(peer);
    // Answered when the connection is in its rooms.
    await peer.ask("sync", { cursors: {} });
    return peer;
  };
  const say = (peer: Peer, channelId: string, body: string, id = newId()) =>
    peer.ask("message:send", { id, channelId, body });
  const create = async (person: Person, name: string) =>
    (await person.rest<{ channel: ChannelView }>("POST", `/workspaces/${person.slug}/channels`, { name })).body.channel
      .id;

  beforeAll(async () => {
    nodes = await startNodes();
    ada = await joinParley(nodes.a.origin, "ada");
    brook = await joinParley(nodes.b.origin, "brook");
    general = (await ada.channel("general")).id;
  });
  afterAll(() => nodes.close());
  afterEach(() => {
    for (const peer of open.splice(0)) peer.close();
  });

  it("tell a reader on one what is said on the other, in the order of saying, each once", async () => {
    const [speaker, reader] = [await at("a", ada), await at("b", brook)];
    const ids = Array.from({ length: 200 }, newId);
    await Promise.all(ids.map((id, n) => say(speaker, general, `number ${n}`, id)));
    await hearsAll(reader, ids);
    expect(messagesTold(reader, general).map(({ id }) => id)).toEqual(ids);
    expectChain(changesTold(reader, general));
  });

  it("tell both sides the same order when both speak at once", async () => {
    const [one, other] = [await at("a", ada), await at("b", brook)];
    const ids = Array.from({ length: 300 }, newId);
    await Promise.all(ids.map((id, n) => say(n % 2 === 0 ? one : other, general, `number ${n}`, id)));
    await Promise.all([hearsAll(one, ids), hearsAll(other, ids)]);
    const [heardByOne, heardByOther] = [one, other].map((peer) => messagesTold(peer, general).map(({ id }) => id));
    expect(heardByOne).toHaveLength(ids.length);
    expect(heardByOther).toEqual(heardByOne);
    for (const peer of [one, other]) expectChain(changesTold(peer, general));
  });

  it("[F33] take one id that comes to both at the same moment for one message", async () => {
    const [one, other] = [await at("a", ada), await at("b", ada)];
    for (let time = 0; time < 50; time += 1) {
      const id = newId();
      const answers = await Promise.all([one, other].map((peer) => say(peer, general, `time ${time}`, id)));
      expect(answers[0]).toMatchObject({ ok: true, message: { id } });
      expect(answers[1]).toEqual(answers[0]);
    }
  });

  it("[F33] let one of two contents under one id win, and refuse the other", async () => {
    const [one, other] = [await at("a", ada), await at("b", ada)];
    for (let time = 0; time < 50; time += 1) {
      const id = newId();
      const [first, second] = await Promise.all([say(one, general, "tea", id), say(other, general, "coffee", id)]);
      const [winner, loser] = first?.ok === true ? [first, second] : [second, first];
      expect(winner).toMatchObject({ ok: true });
      expect(loser).toMatchObject({ ok: false, error: { code: "conflict" } });
      const { rows } = await nodes.pool.query<{ body: string }>("SELECT body FROM messages WHERE id = $1", [id]);
      expect(rows).toEqual([{ body: winner === first ? "tea" : "coffee" }]);
    }
  });

  it("let whoever is brought in on one hear on the other, until he leaves there", async () => {
    const [adaPeer, brookPeer] = [await at("a", ada), await at("b", brook)];
    const channelId = await create(ada, "harbour");
    await ada.rest("POST", `/channels/${channelId}/members`, { accountIds: [brook.account.id] });
    await brookPeer.hears("channel:joined", ({ channel }) => channel.id === channelId);
    const welcome = newId();
    await say(adaPeer, channelId, "welcome", welcome);
    await hearsAll(brookPeer, [welcome]);

    await brook.rest("DELETE", `/channels/${channelId}/members/${brook.account.id}`);
    await brookPeer.hears("channel:left", (fact) => fact.channelId === channelId);
    await adaPeer.hears("channel:changes", ({ members = [] }) =>
      members.some(({ accountId, role }) => accountId === brook.account.id && role === null),
    );
  });

  it("let nothing above a removal reach the removed on either node, while others speak on both", async () => {
    const chidi = await joinParley(nodes.b.origin, "chidi");
    const [one, other] = [await at("a", ada), await at("b", chidi)];
    const removed = [await at("a", brook), await at("b", brook)];
    for (let time = 0; time < 15; time += 1) {
      const channelId = await create(ada, `cut-${time}`);
      const accountIds = [brook.account.id, chidi.account.id];
      await ada.rest("POST", `/channels/${channelId}/members`, { accountIds });
      for (const peer of [other, ...removed])
        await peer.hears("channel:joined", ({ channel }) => channel.id === channelId);

      const ids = Array.from({ length: 60 }, newId);
      const said = ids.map((id, n) => say(n % 2 === 0 ? one : other, channelId, `number ${n}`, id));
      const removal = ada.rest("DELETE", `/channels/${channelId}/members/${brook.account.id}`);
      await Promise.all([...said, removal]);
      const last = newId();
      await say(one, channelId, "now that brook is gone", last);
      await Promise.all([one, other].map((peer) => hearsAll(peer, [...ids, last])));
      await Promise.all(removed.map((peer) => peer.hears("channel:left", (fact) => fact.channelId === channelId)));

      const cut = changesTold(one, channelId).find(({ members = [] }) =>
        members.some(({ accountId, role }) => accountId === brook.account.id && role === null),
      );
      for (const peer of removed) {
        for (const { to } of changesTold(peer, channelId)) expect(to).toBeLessThanOrEqual(cut?.to ?? 0);
      }
    }
  });

  it("move one's place of reading in one's tab on the other", async () => {
    const [tab, otherTab] = [await at("a", brook), await at("b", brook)];
    const answer = await say(await at("a", ada), general, "read this");
    const seq = answer.ok ? (answer.message.seq ?? 0) : 0;
    expect(await tab.ask("channel:read", { channelId: general, seq })).toMatchObject({ ok: true, readSeq: seq });
    await otherTab.hears("channel:read", (fact) => fact.channelId === general && fact.readSeq === seq);
  });

  it("[F38] cut the connections that a session has on the other at once, before that could look it up", async () => {
    const dilnoza = await joinParley(nodes.a.origin, "dilnoza");
    const bystander = await at("b", brook);
    const cookie = [...dilnoza.visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const credentials = { cookie, origin: nodes.b.origin };
    const peer = await connect(nodes.b.origin, dilnoza.slug, credentials);
    const gone = new Promise((resolve) => peer.socket.once("disconnect", resolve));
    const { sessions } = (await dilnoza.visitor.call("GET", "/sessions")).body;

    nodes.b.toPostgres.set({ kind: "blackhole", way: "both" });
    await dilnoza.rest("DELETE", `/sessions/${sessions.find(({ current }) => current)?.id}`);
    await gone;
    // Without Postgres for too long, the other would cut everybody.
    expect(bystander.socket.connected).toBe(true);
    nodes.b.toPostgres.set({ kind: "pass" });
    expect(await refusalOf(nodes.b.origin, `/w/${dilnoza.slug}`, credentials)).toBe("unauthenticated");
  });

  it("[F07] tell nothing that came after a kick and a revocation, though one of them slept through both", async () => {
    const [esi, farid] = [await joinParley(nodes.a.origin, "esi"), await joinParley(nodes.a.origin, "farid")];
    const channelId = await create(ada, "quiet");
    const accountIds = [brook, esi, farid].map(({ account }) => account.id);
    await ada.rest("POST", `/channels/${channelId}/members`, { accountIds });
    const [speaker, reader, kicked, revoked] = [
      await at("a", ada),
      await at("b", farid),
      await at("b", brook),
      await at("b", esi),
    ];
    const gone = new Promise((resolve) => revoked.socket.once("disconnect", resolve));
    const { tokens } = (await esi.visitor.call("GET", "/tokens")).body;

    nodes.b.pause();
    await ada.rest("DELETE", `/channels/${channelId}/members/${brook.account.id}`);
    await esi.visitor.call("DELETE", `/tokens/${tokens[0]?.id}`);
    const ids = Array.from({ length: 30 }, newId);
    for (const id of ids) await say(speaker, channelId, "while they sleep", id);
    nodes.b.resume();

    await hearsAll(reader, ids);
    await kicked.hears("channel:left", (fact) => fact.channelId === channelId);
    await gone;
    expect(messagesTold(kicked, channelId)).toEqual([]);
    expect(messagesTold(revoked, channelId)).toEqual([]);
    expectChain(changesTold(reader, channelId));
  });
});
