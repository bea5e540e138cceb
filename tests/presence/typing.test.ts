import { newId } from "@/lib/shared/ids";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

describe("who is writing", () => {
  let parley: Parley;
  let ada: Person;
  let brook: Person;
  let channelId: string;

  beforeAll(async () => {
    parley = await startParley();
    ada = await joinParley(parley.origin, "ada");
    brook = await joinParley(parley.origin, "brook");
    channelId = (await ada.channel("general")).id;
  });
  afterAll(() => parley.stop());

  /** What was told is in order: what is told later has come when this has. */
  const settle = async () => {
    const peer = await ada.connect();
    await peer.ask("message:send", { id: newId(), channelId, body: "now" });
    peer.close();
  };

  it("is told to those who have the channel open, and to nobody else", async () => {
    const writing = await ada.connect();
    const adasPhone = await ada.connect();
    const looking = await brook.connect();
    const elsewhere = await brook.connect();
    for (const peer of [writing, adasPhone, looking]) await peer.ask("channel:open", { channelId });

    await writing.ask("typing", { channelId });
    expect(await looking.hears("typing")).toEqual({ channelId, accountId: ada.account.id });
    await settle();
    for (const peer of [writing, adasPhone, elsewhere]) {
      await peer.hears("channel:changes");
      expect(peer.told("typing")).toEqual([]);
    }

    await looking.ask("channel:close", { channelId });
    await writing.ask("typing", { channelId });
    await looking.ask("channel:close", { channelId });
    expect(looking.told("typing")).toHaveLength(1);
    for (const peer of [writing, adasPhone, looking, elsewhere]) peer.close();
  });

  it("names the thread, where it is one", async () => {
    const writing = await ada.connect();
    const looking = await brook.connect();
    await looking.ask("channel:open", { channelId });
    const threadId = newId();
    await writing.ask("message:send", { id: threadId, channelId, body: "a question" });
    await writing.ask("typing", { channelId, threadId });
    expect(await looking.hears("typing")).toEqual({ channelId, threadId, accountId: ada.account.id });
    writing.close();
    looking.close();
  });

  it("is not told to somebody who was removed while they had the channel open", async () => {
    const { body } = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "cabin",
      private: true,
    });
    const { id } = body.channel;
    await ada.rest("POST", `/channels/${id}/members`, { accountIds: [brook.account.id] });
    const writing = await ada.connect();
    const looking = await brook.connect();
    await looking.ask("channel:open", { channelId: id });
    await ada.rest("DELETE", `/channels/${id}/members/${brook.account.id}`);
    await looking.hears("channel:left", (fact) => fact.channelId === id);
    await writing.ask("typing", { channelId: id });
    expect(await looking.ask("channel:open", { channelId: id })).toMatchObject({ error: { code: "not_found" } });
    expect(looking.told("typing")).toEqual([]);
    writing.close();
    looking.close();
  });

  it("is refused where it is said too often", async () => {
    const writing = await brook.connect();
    const answers = await Promise.all(Array.from({ length: 30 }, () => writing.ask("typing", { channelId })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
    expect(answers.at(-1)).toMatchObject({ ok: false, error: { code: "rate_limited" } });
    writing.close();
  });
});
