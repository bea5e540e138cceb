import type { MessageView } from "@/lib/messages/message.events";
import { type Connection, createConnection } from "@/lib/realtime/browser/connection";
import { Outbox } from "@/lib/realtime/browser/outbox";
import { TabLock } from "@/lib/realtime/browser/tab-lock";
import { type Kept, type Shelf, type Unsent, UnsentStore } from "@/lib/realtime/browser/unsent";
import { storageJournal } from "@/lib/realtime/browser/unsent-places";
import { handClock, messageOf, NOTHING_MISSED, settled, stage } from "@/tests/realtime/browser-stage";

/** A device's synchronous storage, which outlives its tabs. */
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

/** A shelf that outlives its tabs, and whose writes end when the test says so. */
function shelfOf(works = true) {
  const items = new Map<string, Kept>();
  const writes: (() => void)[] = [];
  const shelf: Shelf = {
    read: async () => [...items.values()],
    write: (put, remove) =>
      new Promise((resolve) => {
        writes.push(() => {
          if (works) for (const kept of put) items.set(kept.unsent.id, kept);
          if (works) for (const id of remove) items.delete(id);
          resolve(works);
        });
      }),
  };
  return {
    shelf,
    items,
    writes,
    /** Lets every write end, also those that follow. */
    finish: async () => {
      for (let write = writes.shift(); write !== undefined; write = writes.shift()) {
        write();
        await settled();
      }
    },
  };
}

/** Where messages lie between the call and the shelf. */
const storeOf = (storage: Storage | null, shelf: Shelf) =>
  new UnsentStore(storageJournal(storage, "outbox."), shelf, (_ms, act) => {
    queueMicrotask(act);
    return () => {};
  });

interface TabOptions {
  storage?: Storage | null;
  shelf?: Shelf;
  post?: (message: Unsent, keepalive?: boolean) => Promise<MessageView>;
}

function openTab({ storage = device(), shelf = shelfOf().shelf, post }: TabOptions = {}) {
  const clock = handClock();
  let now = 1_000;
  const server = stage();
  const connection: Connection = createConnection({ slug: "harbour", accountId: "ada", open: server.open });
  const outbox = new Outbox({
    connection,
    store: storeOf(storage, shelf),
    tab: new TabLock(`tab-${Math.random()}`, "outbox.", null),
    pause: () => Promise.resolve(),
    delay: clock.after,
    now: () => now,
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
  /** Lets time pass until what waits next is due. */
  const pass = () => {
    now += 60_000;
    clock.pass();
  };
  return { server, outbox, facts, goOnline, sends, pass };
}

const stored = (id: string) => ({ message: messageOf(1, { id }) });

test("a message is pending at once, and sent when there is a connection", async () => {
  const storage = device();
  const { outbox, server, facts, goOnline } = openTab({ storage });
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
  const storage = device();
  const { outbox, server, facts, goOnline } = openTab({ storage });
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
  const { shelf, items, finish } = shelfOf();
  const before = openTab({ storage, shelf });
  for (const id of ["c", "b", "a"]) before.outbox.add(unsent(id));
  await settled();
  before.outbox.stop();
  await finish();
  expect([...items.keys()].sort()).toEqual(["a", "b", "c"]);
  const failure = { code: "forbidden", message: "You may not write here." } as const;
  storeOf(storage, shelf).keep("another tab", unsent("d", { failure }));
  const after = openTab({ storage, shelf });
  await after.goOnline();
  expect(after.facts).toEqual(["pending a", "pending b", "pending c", "failed d: forbidden"]);
  expect((await after.server.request("message:send")).payload).toMatchObject({ id: "a" });
});

test("what does not fit a packet goes over HTTP", async () => {
  const posted: string[] = [];
  const { outbox, facts, goOnline, sends } = openTab({
    post: async ({ id }) => {
      posted.push(id);
      return messageOf(1, { id });
    },
  });
  await goOnline();
  outbox.add(unsent("a", { body: "\u0001".repeat(12_000) }));
  await settled();
  expect(posted).toEqual(["a"]);
  expect(sends()).toEqual([]);
  expect(facts).toEqual(["pending a", "sent a"]);
});

describe("a message that waits to be sent", () => {
  it("is sent when its time has come, and those behind it after it", async () => {
    const { outbox, server, goOnline, sends, pass } = openTab();
    await goOnline();
    outbox.add(unsent("a", { sendAt: 11_000 }));
    outbox.add(unsent("b"));
    await settled();
    expect(sends()).toEqual([]);
    pass();
    (await server.request("message:send")).succeed(stored("a"));
    (await server.request("message:send", 1)).succeed(stored("b"));
    await settled();
    expect(sends()).toMatchObject([{ id: "a" }, { id: "b" }]);
  });

  it("can be taken back until then, and not a moment later", async () => {
    const storage = device();
    const { outbox, facts, goOnline, sends, pass } = openTab({ storage });
    await goOnline();
    outbox.add(unsent("a", { sendAt: 11_000 }));
    expect(outbox.takeBack("a")).toMatchObject({ body: "body of a" });
    expect(facts).toEqual(["pending a", "discarded a"]);
    outbox.add(unsent("b", { sendAt: 11_000 }));
    pass();
    expect(outbox.takeBack("b")).toBeNull();
    await settled();
    expect(sends()).toMatchObject([{ id: "b" }]);
  });

  it("is sent at once, by a request that outlives the page, when the page is left", async () => {
    const storage = device();
    const posted: [string, boolean | undefined][] = [];
    const post = async ({ id }: Unsent, keepalive?: boolean) => {
      posted.push([id, keepalive]);
      return messageOf(1, { id });
    };
    const { outbox, goOnline, sends } = openTab({ storage, post });
    await goOnline();
    outbox.add(unsent("a", { sendAt: 11_000 }));
    outbox.leave();
    await settled();
    expect(posted).toEqual([["a", true]]);
    // It stays on the device until somebody hears that it was stored.
    expect(storage.length).toBe(1);
    expect(sends()).toEqual([]);
  });
});

describe("a message on the device", () => {
  test("is in the journal before the call returns, and leaves it only when the shelf has it on disk", async () => {
    const storage = device();
    const { shelf, items, writes } = shelfOf();
    const { outbox } = openTab({ storage, shelf });
    outbox.add(unsent("a"));
    expect(storage.length).toBe(1);
    await settled();
    expect(storage.length).toBe(1);
    writes[0]?.();
    await settled();
    expect(storage.length).toBe(0);
    expect(items.get("a")?.unsent.body).toBe("body of a");
  });

  test("never reaches the shelf when it is acknowledged first", async () => {
    const storage = device();
    const { shelf, writes } = shelfOf();
    const store = new UnsentStore(storageJournal(storage, "outbox."), shelf, (_ms, act) => {
      acts.push(act);
      return () => {};
    });
    const acts: (() => void)[] = [];
    store.keep("tab", unsent("a"));
    store.drop("a");
    for (const act of acts) act();
    await settled();
    expect(writes).toEqual([]);
    expect(storage.length).toBe(0);
  });

  test("goes from the shelf when it is acknowledged while it is being written", async () => {
    const { shelf, items, finish } = shelfOf();
    const { outbox, server, goOnline } = openTab({ shelf });
    await goOnline();
    outbox.add(unsent("a"));
    await settled();
    (await server.request("message:send")).succeed(stored("a"));
    await settled();
    await finish();
    expect(items.size).toBe(0);
  });

  test("is kept as it was last known when it fails while it is being written", async () => {
    const storage = device();
    const { shelf, items, writes, finish } = shelfOf();
    const { outbox, server, goOnline } = openTab({ storage, shelf });
    await goOnline();
    outbox.add(unsent("a"));
    await settled();
    (await server.request("message:send")).refuse("forbidden");
    await settled();
    writes.shift()?.();
    await settled();
    expect(storage.getItem("outbox.a")).toContain("forbidden");
    await finish();
    expect(items.get("a")?.unsent.failure?.code).toBe("forbidden");
    expect(storage.length).toBe(0);
  });

  test("that an older version left in the journal is sent, and moves to the shelf", async () => {
    const storage = device();
    storage.setItem("outbox.a", JSON.stringify({ tab: "of last year", unsent: unsent("a") }));
    const { shelf, items, finish } = shelfOf();
    const { facts } = openTab({ storage, shelf });
    await settled();
    await finish();
    expect(facts).toEqual(["pending a"]);
    expect(items.has("a")).toBe(true);
    expect(storage.length).toBe(0);
  });

  test("stays in the journal where there is no shelf, and in memory where there is neither", async () => {
    const storage = device();
    const { shelf, finish } = shelfOf(false);
    const first = openTab({ storage, shelf });
    first.outbox.add(unsent("a"));
    await settled();
    await finish();
    expect(storage.length).toBe(1);
    const broken = device();
    broken.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    for (const forbidden of [broken, null]) {
      const { outbox, server, goOnline } = openTab({ storage: forbidden, shelf });
      await goOnline();
      outbox.add(unsent("a"));
      expect((await server.request("message:send")).payload).toMatchObject({ id: "a" });
    }
  });
});
