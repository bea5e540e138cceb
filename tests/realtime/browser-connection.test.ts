import { createConnection } from "@/lib/realtime/browser/connection";
import type { Change } from "@/lib/realtime/browser/resync";
import { messageOf, NOTHING_MISSED, settled, stage } from "@/tests/realtime/browser-stage";

/** A page that somebody looks at, on a device in the test's hand. */
class StagedPage {
  readonly window = new EventTarget();
  readonly document = Object.assign(new EventTarget(), { visibilityState: "visible" });

  show(visibilityState: "visible" | "hidden"): void {
    this.document.visibilityState = visibilityState;
    this.document.dispatchEvent(new Event("visibilitychange"));
  }
}

function connect() {
  const server = stage();
  const page = new StagedPage();
  const connection = createConnection({ slug: "harbour", epoch: "one", accountId: "ada", open: server.open, page });
  const changes: Change[] = [];
  connection.onChanges((change) => changes.push(change));
  const spans = () => changes.map(({ from, to }) => [from, to]);
  return { server, page, connection, spans, changes };
}

/** Connected, following #general from version 3, with nothing missed. */
async function follow() {
  const together = connect();
  together.connection.setCursor("general", 3);
  together.server.greet();
  (await together.server.request("sync")).succeed({
    ...NOTHING_MISSED,
    channels: { general: { version: 3, messages: [], reset: false } },
  });
  await settled();
  return together;
}

const range = (from: number, to: number) => ({ channelId: "general", from, to, messages: [messageOf(to)] });
const answered = (version: number, reset = false) => ({
  ...NOTHING_MISSED,
  channels: { general: { version, messages: [messageOf(version)], reset } },
});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a connection asks what it missed with all its cursors, and says when it is level", async () => {
  const { server, connection } = connect();
  const resynced = jest.fn();
  connection.onResynced(resynced);
  connection.setCursor("general", 3);
  server.greet();
  const sync = await server.request("sync");
  expect(sync.payload).toEqual({ cursors: { general: 3 } });
  expect(resynced).not.toHaveBeenCalled();
  sync.succeed(NOTHING_MISSED);
  await settled();
  expect(resynced).toHaveBeenCalledTimes(1);
  expect(connection.state.get()).toBe("online");
});

test("live changes are told in order and each once", async () => {
  const { server, spans } = await follow();
  server.tell()["channel:changes"](range(3, 4));
  server.tell()["channel:changes"](range(3, 4));
  server.tell()["channel:changes"](range(4, 6));
  expect(spans()).toEqual([
    [3, 4],
    [4, 6],
  ]);
});

test("a gap is filled by one sync, and what arrives meanwhile is held and follows it", async () => {
  const { server, spans } = await follow();
  server.tell()["channel:changes"](range(5, 6));
  server.tell()["channel:changes"](range(6, 7));
  expect(spans()).toEqual([]);
  expect(server.asked).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(200);
  const sync = await server.request("sync", 1);
  expect(sync.payload).toEqual({ cursors: { general: 3 } });
  sync.succeed(answered(6));
  await settled();
  expect(spans()).toEqual([
    [3, 6],
    [6, 7],
  ]);
  expect(server.asked.filter(({ event }) => event === "sync")).toHaveLength(2);
});

test("the loss of a last event is noticed by the heads", async () => {
  const { server, spans } = await follow();
  server.tell()["channel:heads"]({ versions: { general: 3 } });
  expect(server.asked).toHaveLength(1);
  server.tell()["channel:heads"]({ versions: { general: 4 } });
  await jest.advanceTimersByTimeAsync(200);
  (await server.request("sync", 1)).succeed(answered(4));
  await settled();
  expect(spans()).toEqual([[3, 4]]);
});

test("a sync that is not answered is asked again, and one from before a cut is void", async () => {
  const { server, connection, spans } = await follow();
  server.cut();
  expect(connection.state.get()).toBe("offline");
  await jest.advanceTimersByTimeAsync(20_000);
  expect(server.connects()).toBe(2);
  server.greet();
  const lost = await server.request("sync", 1);
  server.cut();
  server.greet();
  const late = await server.request("sync", 2);
  lost.succeed(answered(9));
  await settled();
  expect(spans()).toEqual([]);
  late.timeOut();
  await jest.advanceTimersByTimeAsync(20_000);
  (await server.request("sync", 3)).succeed(answered(5));
  await settled();
  expect(spans()).toEqual([[3, 5]]);
});

test("too many changes arrive as a reset", async () => {
  const { server, changes } = await follow();
  server.tell()["channel:heads"]({ versions: { general: 900 } });
  await jest.advanceTimersByTimeAsync(200);
  (await server.request("sync", 1)).succeed(answered(900, true));
  await settled();
  expect(changes).toEqual([expect.objectContaining({ to: 900, reset: true })]);
});

test("another epoch drops every cursor and is told", async () => {
  const { server, connection } = await follow();
  const epochs: string[] = [];
  connection.onEpoch((epoch) => epochs.push(epoch));
  server.cut();
  server.greet("two");
  expect(epochs).toEqual(["two"]);
  expect((await server.request("sync", 1)).payload).toEqual({ cursors: {} });
});

test("channels that were joined or left while away are told", async () => {
  const { server, connection } = await follow();
  const left = jest.fn();
  connection.on("channel:left", left);
  server.cut();
  server.greet();
  (await server.request("sync", 1)).succeed({ ...NOTHING_MISSED, left: ["general"] });
  await settled();
  expect(left).toHaveBeenCalledWith({ channelId: "general" });
});

test("a handshake that is refused for good is not tried again", async () => {
  const { server, connection } = connect();
  server.tell().connect_error(Object.assign(new Error("no"), { data: { code: "unauthenticated" } }));
  expect(connection.state.get()).toBe("refused");
  await jest.advanceTimersByTimeAsync(60_000);
  expect(server.connects()).toBe(1);
  await expect(connection.ask("sync", { cursors: {} })).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a greeting for another account refuses the connection", () => {
  const { server, connection } = connect();
  server.greet("one", "brook");
  expect(connection.state.get()).toBe("refused");
});

test("a server that closes is left alone for as long as it asked", async () => {
  const { server } = await follow();
  server.tell()["server:closing"]({ reconnectInMs: 30_000 });
  server.cut();
  await jest.advanceTimersByTimeAsync(29_999);
  expect(server.connects()).toBe(1);
  await jest.advanceTimersByTimeAsync(30_002);
  expect(server.connects()).toBe(2);
});

test("clients sent away together do not all come back at the same moment", async () => {
  const returns = new Set<number>();
  for (let client = 0; client < 20; client += 1) {
    const { server } = await follow();
    const from = Date.now();
    server.tell()["server:closing"]({ reconnectInMs: 30_000 });
    server.cut();
    while (server.connects() < 2) await jest.advanceTimersByTimeAsync(100);
    returns.add(Date.now() - from);
  }
  expect(Math.min(...returns)).toBeGreaterThanOrEqual(30_000);
  expect(returns.size).toBeGreaterThan(10);
});

test("neither the network nor an eye on the page brings anybody back before the time that the server named", async () => {
  const { server, page } = await follow();
  server.tell()["server:closing"]({ reconnectInMs: 30_000 });
  server.cut();
  page.window.dispatchEvent(new Event("online"));
  page.show("hidden");
  page.show("visible");
  await jest.advanceTimersByTimeAsync(29_000);
  expect(server.connects()).toBe(1);
});

test("a network that goes is noticed at once, and one that comes back ends the wait", async () => {
  const { server, page, connection } = await follow();
  page.window.dispatchEvent(new Event("offline"));
  expect(connection.state.get()).toBe("offline");
  page.window.dispatchEvent(new Event("online"));
  expect(server.connects()).toBe(2);
});

test("looking at the page again ends the wait for the next try", async () => {
  const { server, page } = await follow();
  page.show("hidden");
  server.cut();
  page.show("visible");
  expect(server.connects()).toBe(2);
});

describe("a page that slept", () => {
  async function sleep() {
    const together = await follow();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(together.server.asked).toHaveLength(1);
    jest.setSystemTime(Date.now() + 60_000);
    await jest.advanceTimersByTimeAsync(5_000);
    return { ...together, probe: await together.server.request("sync", 1) };
  }

  test("asks what it missed, and stays on a line that answers", async () => {
    const { server, probe, spans, connection } = await sleep();
    probe.succeed(answered(7));
    await settled();
    expect(spans()).toEqual([[3, 7]]);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(server.connects()).toBe(1);
    expect(connection.state.get()).toBe("online");
  });

  test("leaves a line that does not answer, and takes another at once", async () => {
    const { server, connection } = await sleep();
    await jest.advanceTimersByTimeAsync(4_000);
    expect(connection.state.get()).toBe("offline");
    expect(server.connects()).toBe(2);
    server.greet();
    expect((await server.request("sync", 2)).payload).toEqual({ cursors: { general: 3 } });
  });

  test("is not what a page in the background looks like, whose clock the browser slows down", async () => {
    const { server, page } = await follow();
    page.show("hidden");
    jest.setSystemTime(Date.now() + 60_000);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(server.asked).toHaveLength(1);
    page.show("visible");
    expect((await server.request("sync", 1)).payload).toEqual({ cursors: { general: 3 } });
  });
});
