import type { MessageView } from "@/lib/messages/message.events";
import { type Connection, createConnection } from "@/lib/realtime/browser/connection";
import { Outbox } from "@/lib/realtime/browser/outbox";
import { TabLock } from "@/lib/realtime/browser/tab-lock";
import { type Unsent, UnsentStore } from "@/lib/realtime/browser/unsent";
import { messageOf, NOTHING_MISSED, settled, stage } from "@/tests/realtime/browser-stage";

/** A device's storage, which outlives its tabs. */
function device(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  };
}

const unsent = (id: string, more: Partial<Unsent> = {}): Unsent => ({
  id,
  channelId: "general",
  body: `body of ${id}`,
  writtenAt: "2026-11-23T14:05:00.000Z",
  failure: null,
  ...more,
});

function openTab(storage = device(), post?: (message: Unsent) => Promise<MessageView>) {
  const server = stage();
  const connection: Connection = createConnection({ slug: "harbour", accountId: "ada", open: server.open });
  const outbox = new Outbox({
    connection,
    store: new UnsentStore(storage, "outbox."),
    tab: new TabLock(`tab-${Math.random()}`, "outbox.", null),
    pause: () => Promise.resolve(),
    ...(post && { post }),
  });
  const facts: string[] = [];
  outbox.on("pending", ({ id }) => facts.push(`pending ${id}`));
  outbox.on("sent", ({ id }) => facts.push(`sent ${id}`));
  outbox.on("failed", ({ id, failure }) => facts.push(`failed ${id}: ${failure?.code}`));
  outbox.on("discarded", ({ id }) => facts.push(`discarded ${id}`));
  outbox.start();
  const goOnline = async () => {
    server.greet();
    (await server.request("sync")).succeed(NOTHING_MISSED);
    await settled();
  };
  const sends = () => server.asked.filter(({ event }) => event === "message:send").map(({ payload }) => payload);
  return { server, outbox, facts, goOnline, sends, storage };
}

const stored = (id: string) => ({ message: messageOf(1, { id }) });

test("a message is pending at once, and sent when there is a connection", async () => {
  const { outbox, server, facts, goOnline, storage } = openTab();
  outbox.add(unsent("a"));
  expect(facts).toEqual(["pending a"]);
  await goOnline();
  const send = await server.request("message:send");
  expect(send.payload).toEqual({ id: "a", channelId: "general", body: "body of a" });
  send.succeed(stored("a"));
  await settled();
  expect(facts).toEqual(["pending a", "sent a"]);
  expect(storage.length).toBe(0);
});

test("a channel's messages go one after the other, so that a repeat cannot fall behind", async () => {
  const { outbox, server, goOnline, sends } = openTab();
  await goOnline();
  outbox.add(unsent("a"));
  outbox.add(unsent("b"));
  expect(sends()).toHaveLength(1);
  (await server.request("message:send")).timeOut();
  const again = await server.request("message:send", 1);
  expect(again.payload).toMatchObject({ id: "a" });
  again.succeed(stored("a"));
  expect((await server.request("message:send", 2)).payload).toMatchObject({ id: "b" });
});

test("what was not acknowledged before a cut is sent again under the same id", async () => {
  const { outbox, server, facts, goOnline } = openTab();
  await goOnline();
  outbox.add(unsent("a"));
  const first = await server.request("message:send");
  server.cut();
  first.timeOut();
  await settled();
  server.greet();
  (await server.request("message:send", 1)).succeed(stored("a"));
  await settled();
  expect(facts).toEqual(["pending a", "sent a"]);
});

test("a definite refusal fails the message with its sentence, and the next one goes on", async () => {
  const { outbox, server, facts, goOnline } = openTab();
  await goOnline();
  outbox.add(unsent("a"));
  outbox.add(unsent("b"));
  (await server.request("message:send")).refuse("forbidden");
  (await server.request("message:send", 1)).succeed(stored("b"));
  await settled();
  expect(facts).toEqual(["pending a", "pending b", "failed a: forbidden", "sent b"]);
});

test("a failed message can be tried again or given up", async () => {
  const { outbox, server, facts, goOnline, storage } = openTab();
  await goOnline();
  outbox.add(unsent("a"));
  (await server.request("message:send")).refuse("forbidden");
  await settled();
  outbox.retry("a");
  (await server.request("message:send", 1)).refuse("forbidden");
  await settled();
  outbox.discard("a");
  expect(facts).toEqual(["pending a", "failed a: forbidden", "pending a", "failed a: forbidden", "discarded a"]);
  expect(storage.length).toBe(0);
});

test("being slowed down never fails a message; a server that keeps failing does in the end", async () => {
  const { outbox, server, facts, goOnline } = openTab();
  await goOnline();
  outbox.add(unsent("a"));
  for (let turn = 0; turn < 20; turn += 1) (await server.request("message:send", turn)).refuse("rate_limited", 5);
  for (let turn = 20; turn < 28; turn += 1) (await server.request("message:send", turn)).refuse("unavailable");
  await settled();
  expect(facts).toEqual(["pending a", "failed a: unavailable"]);
});

test("a closed tab's messages are sent by the next one, oldest first, and its failures are still shown", async () => {
  const storage = device();
  const before = openTab(storage);
  before.outbox.add(unsent("b"));
  before.outbox.add(unsent("a"));
  before.outbox.stop();
  new UnsentStore(storage, "outbox.").keep(
    "another tab",
    unsent("c", { failure: { code: "forbidden", message: "You may not write here." } }),
  );
  const after = openTab(storage);
  await after.goOnline();
  expect(after.facts).toEqual(["pending a", "pending b", "failed c: forbidden"]);
  expect((await after.server.request("message:send")).payload).toMatchObject({ id: "a" });
});

test("what does not fit a packet goes over HTTP", async () => {
  const posted: string[] = [];
  const { outbox, facts, goOnline, sends } = openTab(device(), async ({ id }) => {
    posted.push(id);
    return messageOf(1, { id });
  });
  await goOnline();
  outbox.add(unsent("a", { body: "\u0001".repeat(12_000) }));
  await settled();
  expect(posted).toEqual(["a"]);
  expect(sends()).toEqual([]);
  expect(facts).toEqual(["pending a", "sent a"]);
});

test("a storage that is forbidden or broken loses nothing that the page still holds", async () => {
  const broken = device();
  broken.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const { outbox, server, goOnline } = openTab(broken);
  await goOnline();
  outbox.add(unsent("a"));
  expect((await server.request("message:send")).payload).toMatchObject({ id: "a" });
});
