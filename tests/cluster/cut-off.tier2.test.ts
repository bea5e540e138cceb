import { newId } from "@/lib/shared/ids";
import { changesTold, expectChain, hearsAll } from "@/tests/cluster/told";
import { type Node, type Nodes, PROGRAMS, startNodes } from "@/tests/support/nodes";
import { connect, joinParley, type Peer, type Person } from "@/tests/support/peer";
import { describeWith } from "@/tests/support/programs";

describeWith(PROGRAMS, "[F25] a node that is cut off", () => {
  let nodes: Nodes;
  let ada: Person;
  let brook: Person;
  let general: string;
  const open: Peer[] = [];

  const at = async (node: Node, person: Person): Promise<Peer> => {
    const peer = await connect(node.origin, person.slug, { token: person.token });
    open.push(peer);
    await peer.ask("sync", { cursors: {} });
    return peer;
  };
  const say = (peer: Peer, id = newId()) => peer.ask("message:send", { id, channelId: general, body: `this is ${id}` });
  const readiness = async (node: Node) => (await fetch(`${node.origin}/readyz`)).status;

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

  it.each([{ kind: "blackhole", way: "both" }, { kind: "blackhole", way: "toClient" }, { kind: "reset" }] as const)(
    "from Redis (%j) hears and is heard by way of Postgres",
    async (mode) => {
      const [adaPeer, brookPeer] = [await at(nodes.a, ada), await at(nodes.b, brook)];
      nodes.b.toRedis.set(mode);
      const during = Array.from({ length: 20 }, newId);
      await Promise.all(during.map((id, n) => say(n % 2 === 0 ? adaPeer : brookPeer, id)));
      for (const peer of [adaPeer, brookPeer]) await hearsAll(peer, during);
      nodes.b.toRedis.set({ kind: "pass" });
      const afterwards = Array.from({ length: 20 }, newId);
      await Promise.all(afterwards.map((id, n) => say(n % 2 === 0 ? adaPeer : brookPeer, id)));
      for (const peer of [adaPeer, brookPeer]) {
        await hearsAll(peer, afterwards);
        expectChain(changesTold(peer, general));
      }
    },
  );

  it("from Postgres acknowledges nothing, lets its connections go, and serves again when it is back", async () => {
    const [adaPeer, brookPeer] = [await at(nodes.a, ada), await at(nodes.b, brook)];
    const gone = new Promise((resolve) => brookPeer.socket.once("disconnect", resolve));
    nodes.b.toPostgres.set({ kind: "blackhole", way: "both" });

    const unanswered = newId();
    const answer = say(brookPeer, unanswered).catch(() => null);
    const spoken = newId();
    expect(await say(adaPeer, spoken)).toMatchObject({ ok: true });
    await hearsAll(adaPeer, [spoken]);
    expect(await readiness(nodes.b)).toBe(503);
    expect(await readiness(nodes.a)).toBe(200);
    await gone;
    expect((await answer)?.ok).not.toBe(true);

    nodes.b.toPostgres.set({ kind: "pass" });
    const back = await untilServed(() => at(nodes.b, brook));
    expect(await say(back, unanswered)).toMatchObject({ ok: true, message: { id: unanswered } });
    await hearsAll(adaPeer, [unanswered]);
    const { rows } = await nodes.pool.query("SELECT FROM messages WHERE id = $1", [unanswered]);
    expect(rows).toHaveLength(1);
    expectChain(changesTold(adaPeer, general));
  });
});

/** A node that has just got its database back may refuse a few times more. */
async function untilServed<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    const served = await attempt().catch((error: Error) => {
      if (error.message !== "unavailable") throw error;
      return null;
    });
    if (served !== null) return served;
  }
}
