import { newId } from "@/lib/shared/ids";
import { connect, joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let adaPeer: Peer;
let brookPeer: Peer;
let channelId: string;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  [ada, brook] = [await joinParley(parley.origin, "ada"), await joinParley(parley.origin, "brook")];
  [adaPeer, brookPeer] = [await ada.connect(), await brook.connect()];
  channelId = (await ada.channel("general")).id;
});
afterAll(async () => {
  adaPeer.close();
  brookPeer.close();
  await parley.stop();
});

async function say(peer: Peer, body: string, more: { threadId?: string; inChannel?: boolean } = {}) {
  const answer = await peer.ask("message:send", { id: newId(), channelId, body, ...more });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.message;
}
async function replies(peer: Peer, threadId: string, range = {}) {
  const page = await peer.ask("history", { channelId, threadId, ...range });
  if (!page.ok || !("root" in page)) throw new Error("no page of a thread came");
  return page;
}

test("a reply comes to all with what it answers, in one change of one step", async () => {
  const root = await say(adaPeer, "shall we?");
  const reply = await say(brookPeer, "yes", { threadId: root.id });
  expect(reply).toMatchObject({ seq: null, threadId: root.id, threadSeq: 1, version: root.version + 1 });
  const told = await adaPeer.hears("channel:changes", ({ messages }) => messages.some(({ id }) => id === reply.id));
  expect(told).toMatchObject({
    to: reply.version,
    messages: [
      { id: reply.id, version: reply.version },
      { id: root.id, version: reply.version, replyCount: 1, lastReplyAt: reply.createdAt },
    ],
  });
});

test("the channel's history shows the thread's beginning and what was sent to both, and no other reply", async () => {
  const root = await say(adaPeer, "a thread");
  await say(brookPeer, "in the thread alone", { threadId: root.id });
  const both = await say(brookPeer, "in both", { threadId: root.id, inChannel: true });
  expect(both).toMatchObject({ seq: (root.seq ?? 0) + 1, threadSeq: 2 });
  const page = await adaPeer.ask("history", { channelId, limit: 2 });
  expect(page).toMatchObject({ messages: [{ id: root.id, replyCount: 2 }, { id: both.id }], hasNewer: false });
});

test("a thread is read by pages, over the socket and over REST alike", async () => {
  const root = await say(adaPeer, "a long one");
  for (let n = 1; n <= 12; n += 1) await say(adaPeer, `reply ${n}`, { threadId: root.id });
  const bodies = (page: { messages: { body: string }[] }) => page.messages.map(({ body }) => body);
  const newest = await replies(brookPeer, root.id, { limit: 5 });
  expect(bodies(newest)).toEqual([8, 9, 10, 11, 12].map((n) => `reply ${n}`));
  expect(newest).toMatchObject({ hasOlder: true, hasNewer: false, root: { id: root.id, replyCount: 12 } });
  const first = await replies(brookPeer, root.id, { before: 4, limit: 5 });
  expect(bodies(first)).toEqual([1, 2, 3].map((n) => `reply ${n}`));
  expect(first).toMatchObject({ hasOlder: false, hasNewer: true });
  const rest = await brook.rest("GET", `/channels/${channelId}/messages/${root.id}/replies?limit=5`);
  const { ok: _ok, ...same } = newest;
  expect(rest).toEqual({ status: 200, body: same });
});

test("what was missed comes by sync, each message once", async () => {
  const root = await say(adaPeer, "while brook is away");
  brookPeer.close();
  const reply = await say(adaPeer, "missed", { threadId: root.id });
  await adaPeer.ask("message:edit", { id: reply.id, body: "missed, and mended" });
  brookPeer = await brook.connect();
  const answer = await brookPeer.ask("sync", { cursors: { [channelId]: root.version } });
  expect(answer).toMatchObject({
    ok: true,
    channels: {
      [channelId]: { version: root.version + 2, messages: [{ id: root.id }, { body: "missed, and mended" }] },
    },
  });
});

test("by REST one replies too, and a reply cannot be answered", async () => {
  const root = await say(adaPeer, "over REST");
  const path = `/channels/${channelId}/messages`;
  const made = await brook.rest<{ message: { id: string } }>("POST", path, {
    id: newId(),
    body: "a robot's reply",
    threadId: root.id,
  });
  expect(made).toMatchObject({ status: 201, body: { message: { threadSeq: 1, seq: null } } });
  const nested = { id: newId(), body: "no", threadId: made.body.message.id };
  expect(await brook.rest("POST", path, nested)).toMatchObject({ status: 422, body: { code: "invalid" } });
});

test("a thread of a channel that one is not in is not there", async () => {
  const { body } = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/channels`, {
    name: "secret",
    private: true,
  });
  const secret = { channelId: body.channel.id, id: newId(), body: "hush" };
  expect(await adaPeer.ask("message:send", secret)).toMatchObject({ ok: true });
  const hidden = { error: { code: "not_found" } };
  const target = { channelId: body.channel.id, threadId: secret.id };
  expect(await brookPeer.ask("history", target)).toMatchObject(hidden);
  expect(await brookPeer.ask("thread:follow", { ...target, following: true })).toMatchObject(hidden);
  expect(await brookPeer.ask("thread:read", { ...target, seq: 1 })).toMatchObject(hidden);
  // Nor is it one of a channel that one is in.
  expect(await brookPeer.ask("history", { channelId, threadId: secret.id })).toMatchObject(hidden);
  expect(await brookPeer.ask("message:send", { id: newId(), channelId, body: "x", threadId: secret.id })).toMatchObject(
    hidden,
  );
});

describe("whoever takes part", () => {
  it("follows, until they say otherwise, and again with the next reply", async () => {
    const root = await say(adaPeer, "to follow");
    await say(brookPeer, "here", { threadId: root.id });
    const listed = async (peer: Peer) => {
      const answer = await peer.ask("threads", {});
      return answer.ok ? answer.threads.find((thread) => thread.root.id === root.id) : undefined;
    };
    expect(await listed(adaPeer)).toMatchObject({ readSeq: 0, root: { replyCount: 1 } });
    expect(await listed(brookPeer)).toMatchObject({ readSeq: 1 });
    const other = await connect(parley.origin, ada.slug, { token: ada.token });
    await adaPeer.ask("thread:follow", { channelId, threadId: root.id, following: false });
    await other.hears("thread:standing", (standing) => standing.threadId === root.id && !standing.following);
    other.close();
    expect(await listed(adaPeer)).toBeUndefined();
    expect(await replies(adaPeer, root.id)).toMatchObject({ following: false });
    await say(adaPeer, "back", { threadId: root.id });
    expect(await listed(adaPeer)).toMatchObject({ readSeq: 2 });
  });

  it("is told how far they have read, never back and never past the end", async () => {
    const root = await say(adaPeer, "to read");
    for (const body of ["one", "two", "three"]) await say(brookPeer, body, { threadId: root.id });
    const read = (seq: number) => adaPeer.ask("thread:read", { channelId, threadId: root.id, seq });
    const follow = (following: boolean) => adaPeer.ask("thread:follow", { channelId, threadId: root.id, following });
    expect(await read(2)).toMatchObject({ standing: { readSeq: 2 } });
    expect(await read(1)).toMatchObject({ standing: { readSeq: 2 } });
    expect(await read(99)).toMatchObject({ standing: { readSeq: 3, following: true } });
    const listed = await ada.rest<{ threads: { root: { id: string }; readSeq: number }[] }>(
      "GET",
      `/workspaces/${ada.slug}/threads`,
    );
    expect(listed.body.threads.find((thread) => thread.root.id === root.id)).toMatchObject({ readSeq: 3 });
    // Whoever begins to follow again has read what stands there; of what one does not follow nothing is kept.
    await follow(false);
    await say(brookPeer, "four", { threadId: root.id });
    expect(await read(4)).toMatchObject({ standing: { following: false } });
    await say(brookPeer, "five", { threadId: root.id });
    expect(await follow(true)).toMatchObject({ standing: { following: true, readSeq: 5 } });
  });
});
