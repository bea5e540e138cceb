import emoji from "emojibase-data/en/data.json";
import { reactionEmoji } from "@/lib/messages/emoji/reaction-emoji";
import type { MessagePage, MessageView } from "@/lib/messages/message.events";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let adaPeer: Peer;
let brookPeer: Peer;
let channelId: string;
let message: MessageView;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  adaPeer = await ada.connect();
  brookPeer = await brook.connect();
  channelId = (await ada.channel("general")).id;
});
afterAll(async () => {
  adaPeer.close();
  brookPeer.close();
  await parley.stop();
});
beforeEach(async () => {
  message = messageOf(await adaPeer.ask("message:send", { id: newId(), channelId, body: "shall we?" }));
});

function messageOf(answer: { ok: true; message: MessageView } | { ok: false; error: { code: string } }): MessageView {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.message;
}

const add = (peer: Peer, emoji: string) => peer.ask("reaction:add", { messageId: message.id, emoji });
const remove = (peer: Peer, emoji: string) => peer.ask("reaction:remove", { messageId: message.id, emoji });

describe("reactions", () => {
  it("are told with the message, by first use, live, in pages and by sync", async () => {
    await add(adaPeer, "🎉");
    await add(brookPeer, "👍");
    await add(brookPeer, "🎉");
    const last = messageOf(await add(adaPeer, "👍"));
    expect(last).toEqual({
      ...message,
      version: message.version + 4,
      reactions: [
        { emoji: "🎉", accountIds: [ada.account.id, brook.account.id] },
        { emoji: "👍", accountIds: [brook.account.id, ada.account.id] },
      ],
    });
    const told = await brookPeer.hears("channel:changes", ({ to }) => to === last.version);
    expect(told.messages.at(-1)).toEqual(last);
    const { body: page } = await brook.rest<MessagePage>("GET", `/channels/${channelId}/messages?limit=1`);
    expect(page).toMatchObject({ version: last.version, messages: [last] });
    expect(await brookPeer.ask("sync", { cursors: { [channelId]: message.version } })).toMatchObject({
      channels: { [channelId]: { version: last.version, messages: [last] } },
    });
  });

  it("given twice are given once, and taken back twice are taken back once", async () => {
    const added = await add(adaPeer, "👍");
    expect(await add(adaPeer, "👍")).toEqual(added);
    const removed = await remove(adaPeer, "👍");
    expect(removed).toEqual({ ok: true, message: { ...message, version: message.version + 2 } });
    expect(await remove(adaPeer, "👍")).toEqual(removed);
    expect((await ada.channel("general")).version).toBe(message.version + 2);
  });

  it("are taken back by those who gave them, and the others' stay", async () => {
    await add(adaPeer, "👍");
    await add(brookPeer, "👍");
    expect(await remove(adaPeer, "👍")).toMatchObject({
      message: { reactions: [{ emoji: "👍", accountIds: [brook.account.id] }] },
    });
  });

  it("outlive an edit", async () => {
    const { reactions } = messageOf(await add(brookPeer, "👍"));
    expect(await adaPeer.ask("message:edit", { id: message.id, body: "shall we go?" })).toMatchObject({
      message: { body: "shall we go?", reactions },
    });
  });

  it("may be of 50 different emoji, and of those by everybody", async () => {
    const fifty = Array.from({ length: 50 }, (_, n) => `:number-${n}:`);
    await Promise.all(fifty.map((each) => add(adaPeer, each)));
    expect(await add(adaPeer, "👍")).toMatchObject({ error: { code: "invalid", errors: [{ path: "emoji" }] } });
    const all = messageOf(await add(brookPeer, ":number-7:"));
    expect(all.reactions.map((each) => each.emoji)).toEqual(fifty);
    expect(all.version).toBe(message.version + 51);
  });

  it("that come from a crowd at once are all kept, each as a step, and told in fewer copies than steps", async () => {
    const names = Array.from({ length: 40 }, (_, n) => `:n${n}:`);
    const answers = await Promise.all(names.map((each, n) => add(n % 2 === 0 ? adaPeer : brookPeer, each)));
    const versions = answers.map((answer) => messageOf(answer).version).sort((a, b) => a - b);
    expect(versions).toEqual(names.map((_, n) => message.version + n + 1));
    const last = answers.map(messageOf).find(({ version }) => version === message.version + 40);
    expect(last?.reactions.map((each) => each.emoji).sort()).toEqual(names.sort());
    await brookPeer.hears("channel:changes", ({ to }) => to === message.version + 40);
    const copies = brookPeer.told("channel:changes").flatMap(({ messages }) => messages.filter(isIt));
    expect(copies.length).toBeLessThan(40);
  });

  const isIt = ({ id }: MessageView) => id === message.id;
});

describe("what one can react with", () => {
  it.each(["👍", "👍🏽", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🇪🇺", "1️⃣", "❤️", ":+1:", ":party_parrot:"])("%s", async (each) => {
    expect(await add(adaPeer, each)).toMatchObject({ message: { reactions: [{ emoji: each }] } });
  });

  it.each([
    "",
    "a",
    "1",
    "👍👍",
    "👍 ",
    "é",
    "🇪",
    ":Smile:",
    ":a b:",
    "::",
    `:${"a".repeat(65)}:`,
    "\u200d",
    7,
    null,
    {},
  ])("is not %j", async (each) => {
    for (const event of ["reaction:add", "reaction:remove"]) {
      expect(await adaPeer.askRaw(event, { messageId: message.id, emoji: each })).toMatchObject({
        error: { code: "invalid", errors: [{ path: "emoji" }] },
      });
    }
  });

  it("is one reaction, however a keyboard spells it", async () => {
    await add(adaPeer, "❤");
    await add(brookPeer, "❤️");
    expect(await add(brookPeer, "👍\ufe0f")).toMatchObject({
      message: {
        reactions: [
          { emoji: "❤️", accountIds: [ada.account.id, brook.account.id] },
          { emoji: "👍", accountIds: [brook.account.id] },
        ],
      },
    });
  });

  it("is every emoji that there is, with or without its invisible marks", () => {
    // Letters of flags have a place among the emoji and are none by themselves.
    const all = emoji.flatMap((one) => [one, ...(one.skins ?? [])]).filter(({ label }) => !/^regional/.test(label));
    for (const { emoji: one } of all) {
      expect([one, reactionEmoji(one.replaceAll("\ufe0f", ""))]).toEqual([one, reactionEmoji(one)]);
      expect([one, reactionEmoji(one)]).not.toEqual([one, null]);
    }
  });
});
