import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let ada: Person;
let brook: Person;
let adaPeer: Peer;
let brookPeer: Peer;
let general: string;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  adaPeer = await ada.connect();
  brookPeer = await brook.connect();
  general = (await ada.channel("general")).id;
});
afterAll(async () => {
  adaPeer.close();
  brookPeer.close();
  await parley.stop();
});

describe("sending a message", () => {
  it("is acknowledged with the stored message and reaches everybody in the channel", async () => {
    const id = newId();
    const sent = await adaPeer.ask("message:send", { id, channelId: general, body: "good morning" });
    expect(sent).toMatchObject({
      ok: true,
      message: {
        id,
        channelId: general,
        authorId: ada.account.id,
        body: "good morning",
        editedAt: null,
        deletedAt: null,
      },
    });
    const change = await brookPeer.hears("channel:changes", ({ messages }) => messages.some((one) => one.id === id));
    expect(change.messages.find((one) => one.id === id)).toEqual(sent.ok && sent.message);
  });

  it("stores a message once, however often its id is sent again, by socket or REST", async () => {
    const message = { id: newId(), channelId: general, body: "once" };
    const answers = await Promise.all([
      adaPeer.ask("message:send", message),
      adaPeer.ask("message:send", message),
      adaPeer.ask("message:send", message),
    ]);
    const again = await ada.rest<{ message: unknown }>("POST", `/channels/${general}/messages`, {
      id: message.id,
      body: message.body,
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(again.body.message).toEqual(answers[0].ok && answers[0].message);
    const { body: page } = await ada.rest<{ messages: { id: string }[] }>(
      "GET",
      `/channels/${general}/messages?limit=200`,
    );
    expect(page.messages.filter(({ id }) => id === message.id)).toHaveLength(1);
  });

  it("refuses an id that other content or another author has taken, and writes nothing", async () => {
    const message = { id: newId(), channelId: general, body: "mine" };
    await adaPeer.ask("message:send", message);
    const before = (await ada.channel("general")).version;
    expect(await adaPeer.ask("message:send", { ...message, body: "changed" })).toMatchObject({
      error: { code: "conflict" },
    });
    expect(await brookPeer.ask("message:send", message)).toMatchObject({ error: { code: "conflict" } });
    const random = (await ada.channel("random")).id;
    expect(await adaPeer.ask("message:send", { ...message, channelId: random })).toMatchObject({
      error: { code: "conflict" },
    });
    expect((await ada.channel("general")).version).toBe(before);
  });

  it("keeps the order of one socket's sends, and numbers them without a gap", async () => {
    const ids = Array.from({ length: 300 }, () => newId());
    const answers = await Promise.all(
      ids.map((id, place) => adaPeer.ask("message:send", { id, channelId: general, body: `number ${place}` })),
    );
    const seqs = answers.map((answer) => (answer.ok ? answer.message.seq : 0));
    expect(seqs).toEqual(seqs.map((_, place) => (seqs[0] ?? 0) + place));
  });

  it("gives two crowds that write at once one order without gap or repeat", async () => {
    const random = (await ada.channel("random")).id;
    const send = (peer: Peer, body: string) => peer.ask("message:send", { id: newId(), channelId: random, body });
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? send(adaPeer, `a${n}`) : send(brookPeer, `b${n}`))),
    );
    const { body } = await ada.rest<{ messages: { seq: number; version: number }[] }>(
      "GET",
      `/channels/${random}/messages?limit=200`,
    );
    expect(body.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    const versions = body.messages.map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, n) => (versions[0] ?? 0) + n));
  });

  it("tells each follower every version once, in order", async () => {
    const all = brookPeer.told("channel:changes").filter(({ channelId }) => channelId === general);
    let cursor = all[0]?.from ?? 0;
    for (const { from, to, messages, members } of all) {
      expect(from).toBe(cursor);
      expect(to - from).toBe(messages.length + (members?.length ?? 0));
      cursor = to;
    }
  });
});

describe("a body", () => {
  const send = (body: unknown) => adaPeer.askRaw("message:send", { id: newId(), channelId: general, body });

  it.each([
    ["right-to-left and mixed", "שלום ‏world‎ مرحبا"],
    ["emoji joined by zero-width joiners", "👩‍👩‍👧‍👦🏳️‍🌈"],
    ["combining marks, not composed", "e\u0301 and é"],
    ["control characters other than NUL", "a\u0001b\u007f\u0085c\r\nd\te"],
    ["the byte order mark and noncharacters", "\ufeff\uffff\u{10ffff}"],
    ["spaces at both ends", "  padded  \n"],
    ["SQL and HTML", `'; DROP TABLE messages; -- <img src=x onerror=alert(1)> $1 %s \\`],
  ])("survives byte for byte: %s", async (_, body) => {
    expect(await send(body)).toMatchObject({ ok: true, message: { body } });
    const { body: page } = await ada.rest<{ messages: { body: string }[] }>(
      "GET",
      `/channels/${general}/messages?limit=1`,
    );
    expect(page.messages[0]?.body).toBe(body);
  });

  it("may have 16,000 characters, however many bytes they take", async () => {
    expect(await send("x".repeat(16_000))).toMatchObject({ ok: true });
    expect(await send("😀".repeat(16_000))).toMatchObject({ ok: true });
    expect(await send("x".repeat(16_001))).toMatchObject({ error: { code: "invalid" } });
  });

  it.each([
    ["nothing", ""],
    ["NUL", "a\u0000b"],
    ["a lone surrogate", "a\ud800b"],
    ["a number", 7],
    ["an object", { $gt: "" }],
    ["null", null],
  ])("is invalid when it is or holds %s", async (_, body) => {
    expect(await send(body)).toMatchObject({ ok: false, error: { code: "invalid", errors: [{ path: "body" }] } });
  });
});

describe("a channel one may not write to", () => {
  it("is not found, whether it is another's, absent, or of no form at all", async () => {
    const { body } = await brook.rest<{ channel: { id: string } }>("POST", `/workspaces/${brook.slug}/channels`, {
      name: "brook only",
    });
    const send = (channelId: string) => adaPeer.ask("message:send", { id: newId(), channelId, body: "hello?" });
    expect(await send(body.channel.id)).toMatchObject({ error: { code: "not_found" } });
    expect(await send(newId())).toMatchObject({ error: { code: "not_found" } });
    expect(await send("general")).toMatchObject({ error: { code: "invalid" } });
  });

  it("that is archived refuses, and can still be read", async () => {
    const { body } = await ada.rest<{ channel: { id: string } }>("POST", `/workspaces/${ada.slug}/channels`, {
      name: "closed",
    });
    const { id } = body.channel;
    await adaPeer.ask("message:send", { id: newId(), channelId: id, body: "last words" });
    await ada.rest("PATCH", `/channels/${id}`, { archived: true });
    expect(await adaPeer.ask("message:send", { id: newId(), channelId: id, body: "too late" })).toMatchObject({
      error: { code: "forbidden" },
    });
    expect(await adaPeer.ask("history", { channelId: id })).toMatchObject({
      ok: true,
      messages: [{ body: "last words" }],
    });
  });
});

describe("a batch with one bad message in it", () => {
  it("fails that one alone", async () => {
    const good = Array.from({ length: 20 }, (_, n) =>
      adaPeer.ask("message:send", { id: newId(), channelId: general, body: `g${n}` }),
    );
    const bad = adaPeer.ask("message:send", { id: newId(), channelId: newId(), body: "lost" });
    expect((await Promise.all(good)).every(({ ok }) => ok)).toBe(true);
    expect(await bad).toMatchObject({ error: { code: "not_found" } });
  });
});
