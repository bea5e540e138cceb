import { changeJournal } from "@/lib/messages/changes/change-journal";
import { ChangeQueue } from "@/lib/messages/changes/change-queue";
import type { PendingChange } from "@/lib/messages/changes/pending-change";
import { createConnection } from "@/lib/realtime/browser/connection";
import { TabLock } from "@/lib/realtime/browser/tab-lock";
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

function openTab(storage = device(), name = "tab") {
  const server = stage();
  const connection = createConnection({ slug: "harbour", accountId: "ada", open: server.open });
  const clock = handClock();
  let now = 1_000;
  const changes = new ChangeQueue({
    connection,
    journal: changeJournal(storage, "changes."),
    tabId: name,
    pause: async () => undefined,
    delay: clock.after,
    now: () => now,
  });
  const refused: string[] = [];
  const made: string[] = [];
  changes.on("refused", ({ change, refusal }) => refused.push(`${change.kind} ${refusal.code}`));
  changes.on("made", ({ id, version }) => made.push(`${id} ${version}`));
  changes.start(new TabLock(name, "changes.", null));
  return {
    server,
    changes,
    storage,
    refused,
    made,
    pending: () => changes.of("general").map(({ kind, text }) => `${kind} ${text}`.trim()),
    /** Lets time pass until what waits next is due. */
    pass: () => {
      now += 60_000;
      clock.pass();
    },
    online: async () => {
      server.greet();
      (await server.request("sync")).succeed(NOTHING_MISSED);
      await settled();
    },
  };
}

const change = (kind: PendingChange["kind"], text = "", dueAt = 0) => ({
  kind,
  messageId: "message-1",
  channelId: "general",
  text,
  dueAt,
});

describe("a change", () => {
  it("is pending at once, is asked for, and is over when the server has made it", async () => {
    const tab = openTab();
    await tab.online();
    tab.changes.ask(change("edit", "better"));
    expect(tab.pending()).toEqual(["edit better"]);
    const asked = await tab.server.request("message:edit");
    expect(asked.payload).toEqual({ id: "message-1", body: "better" });
    asked.succeed({ message: messageOf(1, { version: 7 }) });
    await settled();
    expect(tab.pending()).toEqual([]);
    expect(tab.made).toEqual(["message-1 7"]);
    expect(tab.storage.length).toBe(0);
  });

  it("asked for without a connection is asked for on return, also by a later visit", async () => {
    const storage = device();
    openTab(storage, "gone").changes.ask(change("react", "👍"));
    const tab = openTab(storage, "later");
    await settled();
    expect(tab.pending()).toEqual(["react 👍"]);
    await tab.online();
    expect((await tab.server.request("reaction:add")).payload).toEqual({ messageId: "message-1", emoji: "👍" });
  });

  it("takes the place of an earlier one, and is asked for after one that is on its way", async () => {
    const tab = openTab();
    await tab.online();
    tab.changes.ask(change("react", "👍"));
    tab.changes.ask(change("unreact", "👍"));
    expect(tab.pending()).toEqual(["unreact 👍"]);
    (await tab.server.request("reaction:add")).succeed({ message: messageOf(1, { version: 2 }) });
    (await tab.server.request("reaction:remove")).succeed({ message: messageOf(1, { version: 3 }) });
    await settled();
    expect(tab.pending()).toEqual([]);
    expect(tab.server.asked.map(({ event }) => event)).toEqual(["sync", "reaction:add", "reaction:remove"]);
  });

  it("is tried again after an answer that says nothing of it", async () => {
    const tab = openTab();
    await tab.online();
    tab.changes.ask(change("pin"));
    (await tab.server.request("message:pin")).timeOut();
    (await tab.server.request("message:pin", 1)).succeed({ message: messageOf(1, { version: 2 }) });
    await settled();
    expect(tab.pending()).toEqual([]);
  });

  it("that is refused is taken back and told, but an edit keeps its text until it is given up", async () => {
    const tab = openTab();
    await tab.online();
    tab.changes.ask(change("react", "👍"));
    (await tab.server.request("reaction:add")).refuse("forbidden");
    await settled();
    expect([tab.pending(), tab.refused]).toEqual([[], ["react forbidden"]]);

    tab.changes.ask(change("edit", "not to be lost"));
    (await tab.server.request("message:edit")).refuse("not_found");
    await settled();
    expect(tab.changes.of("general")).toMatchObject([{ text: "not to be lost", failure: { code: "not_found" } }]);
    tab.changes.discardEdit("message-1");
    expect([tab.pending(), tab.storage.length]).toEqual([[], 0]);
  });
});

describe("a deletion", () => {
  it("waits, and until then is undone without a word to the server", async () => {
    const tab = openTab();
    await tab.online();
    tab.changes.ask(change("delete", "", 11_000));
    await settled();
    tab.changes.undoDeletion("message-1");
    expect(tab.pending()).toEqual([]);
    tab.pass();
    await settled();
    expect(tab.server.asked.map(({ event }) => event)).toEqual(["sync"]);
    expect(tab.storage.length).toBe(0);
  });

  it("is told when it is due, and cannot be undone then", async () => {
    const tab = openTab();
    await tab.online();
    tab.changes.ask(change("delete", "", 11_000));
    tab.pass();
    const asked = await tab.server.request("message:delete");
    tab.changes.undoDeletion("message-1");
    expect(tab.pending()).toEqual(["delete"]);
    asked.succeed({ message: messageOf(1, { version: 2 }) });
    await settled();
    expect(tab.pending()).toEqual([]);
  });

  it("lets other changes of the message go ahead", async () => {
    const tab = openTab();
    await tab.online();
    tab.changes.ask(change("delete", "", 11_000));
    tab.changes.ask(change("unpin"));
    (await tab.server.request("message:unpin")).succeed({ message: messageOf(1, { version: 2 }) });
    await settled();
    expect(tab.pending()).toEqual(["delete"]);
  });

  it("that a dead tab left is finished by the next visit", async () => {
    const storage = device();
    openTab(storage, "gone").changes.ask(change("delete", "", 11_000));
    const tab = openTab(storage, "later");
    await tab.online();
    expect(tab.pending()).toEqual(["delete"]);
    tab.pass();
    (await tab.server.request("message:delete")).succeed({ message: messageOf(1, { version: 2 }) });
    await settled();
    expect(storage.length).toBe(0);
  });
});
