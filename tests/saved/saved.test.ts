import type { ChannelView } from "@/lib/channels/channel.events";
import type { SavedPage } from "@/lib/saved/saved.events";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let brookPeer: Peer;
let otherPeer: Peer;
let general: string;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  brookPeer = await brook.connect();
  otherPeer = await brook.connect();
  general = (await ada.channel("general")).id;
});
afterAll(async () => {
  brookPeer.close();
  otherPeer.close();
  await parley.stop();
});
beforeEach(async () => {
  for (const { message } of (await saved()).saved) await brookPeer.ask("message:unsave", { id: message.id });
});

async function say(channelId = general): Promise<string> {
  const id = newId();
  await ada.rest("POST", `/channels/${channelId}/messages`, { id, body: "worth keeping" });
  return id;
}
const saved = async (query = "", person = brook) =>
  (await person.rest<SavedPage>("GET", `/workspaces/${brook.slug}/saved${query}`)).body;
const ids = ({ saved: all }: SavedPage) => all.map(({ message }) => message.id);

describe("saving for later", () => {
  it("is one's own: told to one's other connections, seen by nobody else, and no step of the channel", async () => {
    const id = await say();
    const { version } = await ada.channel("general");
    const answer = await brookPeer.ask("message:save", { id });
    expect(answer).toEqual({ ok: true, savedAt: expect.stringMatching(/Z$/) });
    const told = await otherPeer.hears("message:saved", ({ messageId }) => messageId === id);
    expect({ ok: true, savedAt: told.savedAt }).toEqual(answer);
    expect(await saved()).toMatchObject({ saved: [{ savedAt: told.savedAt, message: { id } }], nextCursor: null });
    expect(ids(await saved("", ada))).toEqual([]);
    expect((await ada.channel("general")).version).toBe(version);
  });

  it("twice is once, and unsaving ends it", async () => {
    const id = await say();
    const first = await brookPeer.ask("message:save", { id });
    expect(await brookPeer.ask("message:save", { id })).toEqual(first);
    expect(await brookPeer.ask("message:unsave", { id })).toEqual({ ok: true, savedAt: null });
    expect(await brookPeer.ask("message:unsave", { id })).toEqual({ ok: true, savedAt: null });
    expect(ids(await saved())).toEqual([]);
  });

  it("is the same over REST, for a message of the channel that is named", async () => {
    const id = await say();
    const random = (await brook.channel("random")).id;
    expect((await brook.rest("PUT", `/channels/${random}/messages/${id}/save`)).status).toBe(404);
    expect((await brook.rest("PUT", `/channels/${general}/messages/${id}/save`)).status).toBe(200);
    expect(ids(await saved())).toEqual([id]);
    expect(await brook.rest("DELETE", `/channels/${general}/messages/${id}/save`)).toEqual({
      status: 200,
      body: { savedAt: null },
    });
  });

  it("lists the latest first, page by page, each once", async () => {
    const all: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const id = await say();
      await brookPeer.ask("message:save", { id });
      all.unshift(id);
    }
    const found: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: SavedPage = await saved(`?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
      found.push(...ids(page));
      cursor = page.nextCursor;
    }
    expect(new Set(found).size).toBe(5);
    expect([...found].sort()).toEqual([...all].sort());
    expect((await brook.rest("GET", `/workspaces/${brook.slug}/saved?cursor=yesterday`)).status).toBe(422);
  });

  it("shows neither what was deleted nor what may not be read any more", async () => {
    const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "backstage",
      private: true,
    });
    const backstage = body.channel.id;
    await ada.rest("POST", `/channels/${backstage}/members`, { accountIds: [brook.account.id] });
    const [kept, deleted, lost] = [await say(), await say(), await say(backstage)];
    for (const id of [kept, deleted, lost]) await brookPeer.ask("message:save", { id });
    await ada.rest("DELETE", `/channels/${general}/messages/${deleted}`);
    await ada.rest("DELETE", `/channels/${backstage}/members/${brook.account.id}`);
    expect(ids(await saved())).toEqual([kept]);
    expect(await brookPeer.ask("message:save", { id: deleted })).toMatchObject({ error: { code: "not_found" } });
  });
});
