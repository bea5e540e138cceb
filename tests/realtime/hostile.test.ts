import fc from "fast-check";
import type WebSocket from "ws";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { hungUp, openRaw, openRawIn, takenIn } from "@/tests/support/wire";

let parley: Parley;
let ada: Person;
let bystander: Peer;
let channelId: string;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  bystander = await ada.connect();
  channelId = (await ada.channel("general")).id;
});
afterAll(async () => {
  bystander.close();
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
});

/** The process lives, and the other clients did not notice. */
async function undisturbed(): Promise<void> {
  expect((await fetch(`${parley.origin}/healthz`)).status).toBe(200);
  expect(bystander.socket.connected).toBe(true);
  expect(await bystander.ask("message:send", { id: newId(), channelId, body: "still here" })).toMatchObject({
    ok: true,
  });
}

type Frame = string | Buffer;

/** Sends frames as they are and waits until they were read: text as text frames, bytes as binary ones. */
async function send(socket: WebSocket, frames: readonly Frame[]): Promise<void> {
  for (const frame of frames) socket.send(frame);
  await takenIn(socket);
  socket.terminate();
}

const brackets = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;

describe("[F44] frames that no client sends", () => {
  /** `at` is the namespace with its comma. */
  const corpus: [string, (at: string) => Frame[]][] = [
    ["packet types that are none", () => ["9", "4", "49", "4:", "x"]],
    ["Engine.IO's own packets", () => ['0{"sid":"x"}', "1", "2probe", "3probe", "5", "6"]],
    ["an event again and again without a handshake", (at) => Array(50).fill(`42${at}["message:send",{}]`)],
    ["a second handshake", (at) => [`40${at}{}`, `40${at}{"token":1}`, `40${at}[]`]],
    [
      "a binary event without its attachment",
      (at) => [`451-${at}["sync",{"_placeholder":true,"num":0}]`, `42${at}["sync"]`],
    ],
    [
      "an attachment numbered below zero",
      (at) => [`451-${at}["sync",{"_placeholder":true,"num":-1}]`, Buffer.from("x")],
    ],
    [
      "an attachment in place of a payload",
      (at) => [`451-${at}["sync",{"_placeholder":true,"num":0}]`, Buffer.from("x")],
    ],
    [
      "attachments without number",
      (at) => [`451-${at}["sync",{"_placeholder":true,"num":"length"}]`, Buffer.from("x")],
    ],
    ["more attachments than anybody sends", (at) => [`4599999999-${at}["x"]`]],
    ["no attachment announced", (at) => [`450-${at}["x"]`, `45-${at}["x"]`]],
    ["a negative acknowledgement", (at) => [`42${at}-1["sync",{}]`, `43${at}-1[]`, `43${at}99999999999999999999[]`]],
    ["an acknowledgement of nothing", (at) => [`43${at}7["x"]`, `43${at}7{}`]],
    [
      "reserved names",
      (at) => ["connect", "disconnect", "disconnecting", "newListener"].map((name) => `42${at}["${name}"]`),
    ],
    [
      "events that are no names",
      (at) => [`42${at}[1]`, `42${at}[null]`, `42${at}[{}]`, `42${at}[["sync"]]`, `42${at}[]`],
    ],
    ["what is no array", (at) => [`42${at}{}`, `42${at}`, `42${at}"x"`, `42${at}[`]],
    ["errors and disconnections", (at) => [`44${at}{"message":"x"}`, `41${at}`]],
    [
      "the prototype",
      (at) => [`40/__proto__,{"__proto__":{"token":"x"}}`, `42${at}1["__proto__",{"__proto__":{"x":1}}]`],
    ],
    ["an identifier of __proto__", (at) => [`40${at}{"sid":"__proto__","pid":"__proto__","offset":"__proto__"}`]],
    ["JSON of 10,000 levels", (at) => [`42${at}1["sync",${brackets}]`, `42${at}2["sync",{"cursors":${brackets}}]`]],
    ["bytes", () => [Buffer.from([0, 255, 254, 1]), Buffer.alloc(0)]],
    ["a namespace of 10 kB", () => [`40/${"n".repeat(10_000)},`]],
    ["a namespace of 1 MB", () => [`40/${"n".repeat(1_000_000)},`]],
    ["a thousand namespaces", () => Array.from({ length: 1_000 }, (_, n) => `40/n${n},`)],
  ];

  it.each(corpus)("before the handshake: %s", async (_, frames) => {
    await send(await openRaw(parley), frames(""));
    await undisturbed();
  });

  it.each(corpus)("inside of a workspace: %s", async (_, frames) => {
    await send(await openRawIn(parley, ada.slug, ada.token), frames(`/w/${ada.slug},`));
    await undisturbed();
  });

  it("text that is no UTF-8", async () => {
    const socket = await openRawIn(parley, ada.slug, ada.token);
    socket.send(Buffer.from(`42/w/${ada.slug},["sync","\xff\xfe"]`, "latin1"), { binary: false });
    await hungUp(socket);
    await undisturbed();
  });

  it("an Engine.IO of another age", async () => {
    const socket = await openRaw(parley, "EIO=3&transport=websocket").catch(() => null);
    if (socket !== null) await hungUp(socket);
    await undisturbed();
  });

  it("ten thousand tiny fragments of one packet that never ends", async () => {
    const socket = await openRawIn(parley, ada.slug, ada.token);
    for (let sent = 0; sent < 10_000; sent += 1) socket.send("x", { fin: false });
    await takenIn(socket);
    socket.terminate();
    await undisturbed();
  });

  it("valid ones, mutated at random", async () => {
    const valid = [
      `40/w/${ada.slug},{"token":"${ada.token}"}`,
      `42/w/${ada.slug},1["message:send",{"id":"${newId()}","channelId":"${channelId}","body":"x"}]`,
      `42/w/${ada.slug},2["sync",{"cursors":{"${channelId}":1}}]`,
      `42/w/${ada.slug},3["history",{"channelId":"${channelId}","limit":5}]`,
      `451-/w/${ada.slug},4["channel:read",{"_placeholder":true,"num":0}]`,
    ];
    const mutation = fc.tuple(fc.constantFrom(...valid), fc.nat(120), fc.nat(4), fc.string({ maxLength: 8 }));
    const batches = fc.sample(fc.array(mutation, { minLength: 10, maxLength: 30 }), { numRuns: 300, seed: 20_261_124 });
    for (const [place, batch] of batches.entries()) {
      const socket = await (place % 2 === 0 ? openRaw(parley) : openRawIn(parley, ada.slug, ada.token));
      await send(
        socket,
        batch.map(([text, at, cut, insert]) => text.slice(0, at) + insert + text.slice(at + cut)),
      );
    }
    await undisturbed();
  });

  it("a packet above the limit closes its own connection only", async () => {
    const peer = await ada.connect();
    const closed = new Promise((resolve) => peer.socket.once("disconnect", resolve));
    peer.socket.emit("message:send", { id: newId(), channelId, body: "x".repeat(70_000) });
    await closed;
    await undisturbed();
  });
});

describe("[F44] requests of the wrong form", () => {
  it.each([
    ["an unknown event", "message:destroy", {}],
    ["an event of Socket.IO's own", "error", {}],
    ["no payload", "message:send", undefined],
    ["a list", "message:send", []],
    ["text", "sync", "everything"],
    ["an unknown key", "history", { channelId: "", isAdmin: true }],
    ["a malformed id", "message:send", { id: "1", channelId: "2", body: "x" }],
    [
      "a thread that is no id",
      "message:send",
      { id: newId(), channelId: newId(), body: "x", threadId: "the first one" },
    ],
    ["SQL for an id", "history", { channelId: "' OR 1=1 --" }],
    ["an operator for a number", "channel:read", { channelId: newId(), seq: { gt: 0 } }],
    ["a number out of range", "channel:read", { channelId: newId(), seq: 1e12 }],
    ["cursors of no form", "sync", { cursors: { x: "y" } }],
    ["a name of 10,000 characters", "history", { channelId: "x".repeat(10_000) }],
  ])("%s is invalid", async (_, event, payload) => {
    expect(await bystander.askRaw(event, payload)).toMatchObject({
      ok: false,
      error: { code: "invalid", message: expect.any(String) },
    });
  });

  it("without an acknowledgement harm nobody", async () => {
    bystander.socket.emit("message:send");
    bystander.socket.emit("message:send", null);
    bystander.socket.emit("nonsense", { a: 1 }, 2, 3);
    await undisturbed();
  });
});
