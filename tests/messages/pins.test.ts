import type { ChannelView } from "@/lib/channels/channel.events";
import type { EarlierText, MessageView } from "@/lib/messages/message.events";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let chidi: Person;
let adaPeer: Peer;
let brookPeer: Peer;
let channelId: string;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  // The first account owns the workspace.
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  chidi = await joinParley(parley.origin, "chidi");
  adaPeer = await ada.connect();
  brookPeer = await brook.connect();
});
afterAll(async () => {
  adaPeer.close();
  brookPeer.close();
  await parley.stop();
});
beforeEach(async () => {
  const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
    name: `pins ${newId()}`,
  });
  channelId = body.channel.id;
  for (const person of [brook, chidi]) await person.rest("POST", `/channels/${channelId}/members`, {});
});

function messageOf(answer: { ok: true; message: MessageView } | { ok: false; error: { code: string } }): MessageView {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.message;
}

const say = async (peer: Peer, body: string) =>
  messageOf(await peer.ask("message:send", { id: newId(), channelId, body }));
const pins = async () =>
  (await brook.rest<{ messages: MessageView[] }>("GET", `/channels/${channelId}/pins`)).body.messages;

describe("pinning a message", () => {
  it("is one step of the version that says who and when, and reaches everybody", async () => {
    const said = await say(adaPeer, "the ferry leaves at nine");
    const pinned = messageOf(await brookPeer.ask("message:pin", { id: said.id }));
    expect(pinned).toEqual({
      ...said,
      version: said.version + 1,
      pinnedAt: expect.stringMatching(/Z$/),
      pinnedBy: brook.account.id,
    });
    const told = await adaPeer.hears(
      "channel:changes",
      ({ to, ...fact }) => fact.channelId === channelId && to === pinned.version,
    );
    expect(told.messages).toEqual([pinned]);
    expect(await adaPeer.ask("sync", { cursors: { [channelId]: said.version } })).toMatchObject({
      channels: { [channelId]: { version: pinned.version, messages: [pinned] } },
    });
    expect(await pins()).toEqual([pinned]);
  });

  it("twice is once, as the first one did it", async () => {
    const { id } = await say(adaPeer, "once");
    const pinned = messageOf(await brookPeer.ask("message:pin", { id }));
    expect(messageOf(await adaPeer.ask("message:pin", { id }))).toEqual(pinned);
    const { body } = await ada.rest<{ message: MessageView }>("PUT", `/channels/${channelId}/messages/${id}/pin`);
    expect(body.message).toEqual(pinned);
  });

  it("is undone by anybody, and the list is told the latest first", async () => {
    const [first, second] = [await say(adaPeer, "first"), await say(adaPeer, "second")];
    for (const { id } of [first, second]) await adaPeer.ask("message:pin", { id });
    expect((await pins()).map(({ id }) => id)).toEqual([second.id, first.id]);
    const { status, body } = await brook.rest<{ message: MessageView }>(
      "DELETE",
      `/channels/${channelId}/messages/${second.id}/pin`,
    );
    expect({ status, ...body.message }).toMatchObject({ status: 200, pinnedAt: null, pinnedBy: null });
    expect((await pins()).map(({ id }) => id)).toEqual([first.id]);
  });

  it("ends when the message is deleted, and cannot begin then", async () => {
    const { id } = await say(adaPeer, "soon gone");
    await adaPeer.ask("message:pin", { id });
    await adaPeer.ask("message:delete", { id });
    expect(await pins()).toEqual([]);
    expect(await adaPeer.ask("message:pin", { id })).toMatchObject({ error: { code: "not_found" } });
  });

  it("is not done in an archived channel", async () => {
    const { id } = await say(adaPeer, "as it was");
    await ada.rest("PATCH", `/channels/${channelId}`, { archived: true });
    expect(await adaPeer.ask("message:pin", { id })).toMatchObject({ error: { code: "forbidden" } });
    expect(await pins()).toEqual([]);
  });
});

describe("what a message said before its edits", () => {
  const earlier = (person: Person, id: string) =>
    person.rest<{ edits: EarlierText[]; code?: string }>("GET", `/channels/${channelId}/messages/${id}/edits`);

  it("is told oldest first to its author, and to an owner or admin", async () => {
    const { id } = await say(brookPeer, "good mornign");
    const second = messageOf(await brookPeer.ask("message:edit", { id, body: "good morning" }));
    const third = messageOf(await brookPeer.ask("message:edit", { id, body: "good morning all" }));
    const edits = [
      { body: "good mornign", until: second.editedAt },
      { body: "good morning", until: third.editedAt },
    ];
    expect(await earlier(brook, id)).toEqual({ status: 200, body: { edits } });
    expect(await earlier(ada, id)).toEqual({ status: 200, body: { edits } });
    expect(await earlier(chidi, id)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  it("is nothing where there was no edit, and nothing once the message is deleted", async () => {
    const { id } = await say(brookPeer, "as it is");
    expect((await earlier(brook, id)).body).toEqual({ edits: [] });
    await brookPeer.ask("message:edit", { id, body: "as it was not" });
    await brookPeer.ask("message:delete", { id });
    expect((await earlier(brook, id)).body).toEqual({ edits: [] });
  });
});
