import { newId } from "@/lib/shared/ids";
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { drop, isNamed, swallowAcknowledgements } from "@/tests/support/frame-faults";
import type { Peer } from "@/tests/support/peer";

let house: BusyHouse;
let general: string;
let peers: Peer[];

beforeAll(async () => {
  house = await openBusyHouse({ patienceMs: 500 });
  general = house.channelIds[0] ?? "";
});
afterEach(() => house.proxy.tamper());
afterAll(() => house.close());

describe("[F19] a network that loses every third answer", () => {
  it("makes clients ask again, and nothing is stored twice", async () => {
    house.proxy.tamper(swallowAcknowledgements(3));
    house.talk(8);
    await house.settle();
  });
});

describe("[F34] a first send that is lost while later ones wait", () => {
  it("keeps its place before them", async () => {
    house.proxy.tamper(drop(2, isNamed("message:send"), "toServer"));
    house.talk(8);
    await house.settle();
  });
});

describe("[F33] one id on two connections at once, fifty times", () => {
  beforeEach(async () => {
    const [ada, brook] = house.people;
    peers = await Promise.all([ada, ada, brook].flatMap((person) => person?.connect() ?? []));
  });
  afterEach(() => {
    for (const peer of peers) peer.close();
  });

  const message = (more: object = {}) => ({ id: newId(), channelId: general, body: "one of fifty", ...more });
  const send = (place: number, sent: ReturnType<typeof message>) => peers[place]?.ask("message:send", sent);
  const stored = async (id: string) =>
    (await house.pool.query("SELECT body, author_id, channel_id FROM messages WHERE id = $1", [id])).rows;
  const fifty = <T>(one: () => Promise<T>) => Promise.all(Array.from({ length: 50 }, one));

  it("with one content is one message", async () => {
    await fifty(async () => {
      const sent = message();
      const [first, second] = await Promise.all([send(0, sent), send(1, sent)]);
      expect(first).toMatchObject({ ok: true, message: { id: sent.id, body: sent.body } });
      expect(second).toEqual(first);
      expect(await stored(sent.id)).toHaveLength(1);
    });
  });

  it.each([
    ["with two bodies", 1, { body: "another content" }],
    ["by two authors", 2, {}],
    ["for two channels", 1, { channelId: "" }],
  ])("%s is the first one, and a conflict", async (_, other, difference) => {
    const change = "channelId" in difference ? { channelId: house.channelIds[1] ?? "" } : difference;
    await fifty(async () => {
      const sent = message();
      const answers = await Promise.all([send(0, sent), send(other, { ...sent, ...change })]);
      const codes = answers.map((answer) => (answer?.ok ? "ok" : answer?.error.code));
      expect(codes.toSorted()).toEqual(["conflict", "ok"]);
      const winner = answers.flatMap((answer) => (answer?.ok ? [answer.message] : []))[0];
      expect(await stored(sent.id)).toEqual([
        { body: winner?.body, author_id: winner?.authorId, channel_id: winner?.channelId },
      ]);
    });
  });
});
