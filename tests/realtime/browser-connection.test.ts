import { createConnection } from "@/lib/realtime/browser/connection";
import type { Change } from "@/lib/realtime/browser/resync";
import { messageOf, NOTHING_MISSED, settled, stage } from "@/tests/realtime/browser-stage";

function connect() {
  const server = stage();
  const connection = createConnection({ slug: "harbour", epoch: "one", accountId: "ada", open: server.open });
  const changes: Change[] = [];
  connection.onChanges((change) => changes.push(change));
  const spans = () => changes.map(({ from, to }) => [from, to]);
  return { server, connection, spans, changes };
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
  (await server.request("sync", 1)).succeed(answered(4));
  await settled();
  expect(spans()).toEqual([[3, 4]]);
});

test("heads that come while catching up are not forgotten: the answer under way may be older", async () => {
  const { server, spans } = await follow();
  server.tell()["channel:heads"]({ versions: { general: 4 } });
  const older = await server.request("sync", 1);
  server.tell()["channel:heads"]({ versions: { general: 5 } });
  older.succeed(answered(4));
  await jest.advanceTimersByTimeAsync(1_000);
  (await server.request("sync", 2)).succeed(answered(5));
  await settled();
  expect(spans()).toEqual([
    [3, 4],
    [4, 5],
  ]);
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
