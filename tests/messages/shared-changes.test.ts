import type { SyncAnswer } from "@/lib/messages/message.events";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let adaPeer: Peer;
let brookPeer: Peer;
let general: string;
/** Twenty connections that lost the line at the same moment. */
let crowd: Peer[];

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  adaPeer = await ada.connect();
  brookPeer = await brook.connect();
  general = (await ada.channel("general")).id;
  crowd = await Promise.all(Array.from({ length: 20 }, () => brook.connect()));
});
afterAll(async () => {
  for (const peer of [adaPeer, brookPeer, ...crowd]) peer.close();
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
});

async function say(channelId: string, body: string): Promise<string> {
  const id = newId();
  expect(await adaPeer.ask("message:send", { id, channelId, body })).toMatchObject({ ok: true });
  return id;
}

async function sync(peer: Peer, cursors: Record<string, number>): Promise<SyncAnswer> {
  const answer = await peer.ask("sync", { cursors });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer;
}

const versionsIn = (answer: SyncAnswer, channelId: string) =>
  answer.channels[channelId]?.messages.map(({ version }) => version);

/** Every whole number above `from`, up to `to`. */
const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, step) => from + 1 + step);

describe("many who ask for the same changes at the same time", () => {
  it("are each told all of them, once and in order", async () => {
    const { version } = await ada.channel("general");
    for (let said = 0; said < 20; said += 1) await say(general, `missed ${said}`);
    const answers = await Promise.all(crowd.map((peer) => sync(peer, { [general]: version })));
    for (const answer of answers) expect(versionsIn(answer, general)).toEqual(steps(version, version + 20));
  });

  it("are told up to exactly the version that they are given, while more is being said", async () => {
    const { version } = await ada.channel("general");
    let saying = true;
    const talk = async () => {
      for (let said = 0; said < 60; said += 1) await say(general, `meanwhile ${said}`);
    };
    const talks = Promise.all([talk(), talk(), talk()]).finally(() => {
      saying = false;
    });
    const answers: SyncAnswer[] = [];
    while (saying) answers.push(...(await Promise.all(crowd.map((peer) => sync(peer, { [general]: version })))));
    await talks;
    for (const answer of answers) {
      const to = answer.channels[general]?.version ?? version;
      expect(versionsIn(answer, general) ?? []).toEqual(steps(version, to));
    }
  });

  it("are told of an edit that came right after", async () => {
    const { version } = await ada.channel("general");
    const id = await say(general, "a slip of the pen");
    await sync(brookPeer, { [general]: version });
    expect(await adaPeer.ask("message:edit", { id, body: "mended" })).toMatchObject({ ok: true });
    const answer = await sync(brookPeer, { [general]: version });
    expect(answer.channels[general]).toMatchObject({ version: version + 2, messages: [{ id, body: "mended" }] });
  });

  it("share nothing with who was removed", async () => {
    const { body: made } = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "harbour",
      private: true,
    });
    const { id } = made.channel;
    await ada.rest("POST", `/channels/${id}/members`, { accountIds: [brook.account.id] });
    const { version } = await ada.channel("harbour");
    await say(id, "for members");
    expect(versionsIn(await sync(adaPeer, { [id]: version }), id)).toEqual([version + 1]);
    await ada.rest("DELETE", `/channels/${id}/members/${brook.account.id}`);
    const [own, others] = await Promise.all([sync(adaPeer, { [id]: version }), sync(brookPeer, { [id]: version })]);
    expect(own.channels[id]?.members).toEqual([{ accountId: brook.account.id, role: null }]);
    expect(others).toMatchObject({ left: [id], channels: {} });
  });
});
