import type { MessagePage } from "@/lib/messages/message.events";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let peer: Peer;
let channelId: string;

const say = (body: string, to = channelId) => peer.ask("message:send", { id: newId(), channelId: to, body });
const seqs = (page: { messages: { seq: number | null }[] }) => page.messages.map(({ seq }) => seq);
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  peer = await ada.connect();
  channelId = (await ada.channel("general")).id;
  await Promise.all(from(1, 120).map((n) => say(`message ${n}`)));
});
afterAll(async () => {
  peer.close();
  await parley.stop();
});

describe("history", () => {
  const pages = {
    socket: async (range: object): Promise<MessagePage> => {
      const answer = await peer.ask("history", { channelId, ...range });
      if (!answer.ok) throw new Error(answer.error.code);
      const { ok: _, ...page } = answer;
      return page;
    },
    rest: async (range: object): Promise<MessagePage> => {
      const query = new URLSearchParams(Object.entries(range).map(([name, value]) => [name, String(value)]));
      return (await ada.rest<MessagePage>("GET", `/channels/${channelId}/messages?${query}`)).body;
    },
  };

  describe.each(["socket", "rest"] as const)("over %s", (way) => {
    it.each([
      [{}, from(71, 120), true, false],
      [{ limit: 10 }, from(111, 120), true, false],
      [{ limit: 10, before: 71 }, from(61, 70), true, true],
      [{ limit: 10, before: 6 }, from(1, 5), false, true],
      [{ limit: 10, before: 1 }, [], false, true],
      [{ limit: 10, before: 9999 }, from(111, 120), true, false],
      [{ limit: 10, after: 0 }, from(1, 10), false, true],
      [{ limit: 10, after: 115 }, from(116, 120), true, false],
      [{ limit: 10, after: 120 }, [], true, false],
      [{ limit: 10, around: 60 }, from(56, 65), true, true],
      [{ limit: 10, around: 2 }, from(1, 10), false, true],
      [{ limit: 10, around: 120 }, from(111, 120), true, false],
    ])("%j is the right page", async (range, expected, hasOlder, hasNewer) => {
      const page = await pages[way](range);
      expect(seqs(page)).toEqual(expected);
      expect(page).toMatchObject({ hasOlder, hasNewer, version: (await ada.channel("general")).version });
    });
  });

  it.each([{ limit: 0 }, { limit: 201 }, { before: 1, after: 1 }, { before: -1 }, { around: 1.5 }, { cursor: 3 }])(
    "refuses %j",
    async (range) => {
      expect(await peer.askRaw("history", { channelId, ...range })).toMatchObject({ error: { code: "invalid" } });
    },
  );

  it("of a channel one is not in is not found", async () => {
    const brook = await joinParley(parley.origin, "brook");
    const { body } = await brook.rest<{ channel: { id: string } }>("POST", `/workspaces/${brook.slug}/channels`, {
      name: "b",
    });
    expect(await peer.ask("history", { channelId: body.channel.id })).toMatchObject({ error: { code: "not_found" } });
    expect((await ada.rest("GET", `/channels/${body.channel.id}/messages`)).status).toBe(404);
  });
});

describe("sync", () => {
  const sync = async (cursors: Record<string, number>) => {
    const answer = await peer.ask("sync", { cursors });
    if (!answer.ok) throw new Error(answer.error.code);
    return answer;
  };

  it("answers what changed above the cursor, oldest first, and nothing where nothing did", async () => {
    const { version, id } = await ada.channel("general");
    await say("one more");
    await say("and another");
    const { channels } = await sync({ [id]: version });
    expect(channels[id]).toMatchObject({
      version: version + 2,
      reset: false,
      messages: [
        { body: "one more", version: version + 1 },
        { body: "and another", version: version + 2 },
      ],
    });
    expect((await sync({ [id]: version + 2 })).channels[id]).toBeUndefined();
  });

  it("tells who came, as steps of the version like any other", async () => {
    const { version, id } = await ada.channel("general");
    const chidi = await joinParley(parley.origin, "chidi");
    const { channels } = await sync({ [id]: version });
    expect(channels[id]).toMatchObject({
      version: version + 1,
      members: [{ accountId: chidi.account.id, role: "member" }],
      messages: [],
    });
  });

  it("starts anew from the newest page when more than 500 changes were missed", async () => {
    const { version, id } = await ada.channel("random");
    await Promise.all(from(1, 501).map((n) => say(`r${n}`, id)));
    const { channels } = await sync({ [id]: version });
    expect(channels[id]).toMatchObject({ reset: true, version: version + 501 });
    expect(seqs(channels[id] ?? { messages: [] })).toEqual(from(452, 501));
    expect((await sync({ [id]: version + 1 })).channels[id]).toMatchObject({ reset: false });
  });

  it("starts anew where the cursor is of another life of the database", async () => {
    const { version, id } = await ada.channel("general");
    expect((await sync({ [id]: version + 1_000 })).channels[id]).toMatchObject({ reset: true, version });
  });

  it("names the channels that came and went", async () => {
    const { id } = await ada.channel("general");
    const stranger = newId();
    const answer = await sync({ [id]: 0, [stranger]: 5 });
    expect(answer.joined.map(({ name }) => name)).toEqual(["random"]);
    expect(answer.left).toEqual([stranger]);
    expect(answer.epoch).toBe(peer.told("hello")[0]?.epoch);
  });
});
