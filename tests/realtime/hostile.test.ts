import fc from "fast-check";
import WebSocket from "ws";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person, refusalOf } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

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
  expect(parley.logs()).not.toMatch(/uncaught|unhandled/i);
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

const address = () => `${parley.origin.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;

/** A connection without a client's manners; resolves to what came back once it is closed or has been quiet. */
async function frames(...sent: (string | Buffer)[]): Promise<string[]> {
  const socket = new WebSocket(address());
  const received: string[] = [];
  socket.on("error", () => undefined);
  socket.on("message", (data) => received.push(String(data)));
  await new Promise((open, failed) => socket.once("open", open).once("close", failed));
  for (const frame of sent) socket.send(frame);
  // A ping of WebSocket's own is answered after everything before it was read.
  await new Promise<void>((quiet) => {
    socket.once("close", () => quiet());
    socket.once("pong", () => quiet());
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  });
  socket.terminate();
  return received;
}

describe("the handshake", () => {
  it.each([
    ["nothing to show", {}, "unauthenticated"],
    ["a wrong token", { token: "parley_wrong" }, "unauthenticated"],
    ["an empty token", { token: "" }, "unauthenticated"],
  ])("with %s is refused", async (_, credentials, code) => {
    expect(await refusalOf(parley.origin, `/w/${ada.slug}`, credentials)).toBe(code);
  });

  it.each(["/", "/admin", "/__proto__", "/w/", "/w/none", "/w/PARLEY", `/w/${"x".repeat(200)}`])(
    "to the namespace %.20s is not found",
    async (namespace) => {
      expect(await refusalOf(parley.origin, namespace, { token: ada.token })).toBe("not_found");
    },
  );

  it("by cookie needs our own Origin", async () => {
    const cookie = [...ada.visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const at = (origin: string) => refusalOf(parley.origin, `/w/${ada.slug}`, { cookie, origin });
    await expect(at(parley.origin)).rejects.toThrow("welcomed");
    for (const origin of ["https://evil.example", "null", `${parley.origin}.evil.example`, "http://127.0.0.1:1"]) {
      expect(await at(origin)).toMatch(/websocket error/);
    }
  });

  it("is open to 50 connections of one account, and not to one more", async () => {
    const brook = await joinParley(parley.origin, "brook");
    const open = await Promise.all(Array.from({ length: 50 }, () => brook.connect()));
    expect(await refusalOf(parley.origin, `/w/${brook.slug}`, { token: brook.token })).toBe("rate_limited");
    for (const peer of open) peer.close();
  });
});

describe("[F44] frames that no client sends", () => {
  it.each([
    ["a packet type that is none", ["9", "4", "49"]],
    ["an event before the handshake", ['42["message:send",{}]']],
    ["a binary event without its attachment", ["40", '451-["x",{"_placeholder":true,"num":0}]']],
    ["an attachment number below zero", ['451-["x",{"_placeholder":true,"num":-1}]']],
    ["too many attachments", ['4599999999-["x"]']],
    ["a negative acknowledgement", ['42-1["x"]']],
    ["reserved names", ['42["connect"]', '42["disconnecting"]', '42["newListener"]']],
    ["no array", ["42{}", "42", '42"x"', "42[]"]],
    ["the prototype", ['40/__proto__,{"__proto__":{"token":"x"}}', '42["__proto__",{"__proto__":1}]']],
    ["deep JSON", [`42["x",${"[".repeat(20_000)}${"]".repeat(20_000)}]`]],
    ["binary", [Buffer.from([0, 255, 254, 1])]],
    ["text that is no UTF-8", [Buffer.from('42["\xff\xfe"]', "latin1")]],
    ["a namespace of 60 kB", [`40/${"n".repeat(60_000)},`]],
  ])("%s", async (_, sent) => {
    await frames(...sent);
    await undisturbed();
  });

  it("mutated at random", async () => {
    const valid = [
      `40/w/${ada.slug},{"token":"${ada.token}"}`,
      `42/w/${ada.slug},1["message:send",{"id":"${newId()}","channelId":"${channelId}","body":"x"}]`,
      `42/w/${ada.slug},2["sync",{"cursors":{}}]`,
    ];
    const mutation = fc.tuple(fc.constantFrom(...valid), fc.nat(200), fc.string({ unit: "binary", maxLength: 8 }));
    const batches = fc.sample(fc.array(mutation, { minLength: 5, maxLength: 20 }), { numRuns: 40, seed: 20_261_124 });
    for (const batch of batches) {
      await frames(...batch.map(([text, at, insert]) => text.slice(0, at) + insert + text.slice(at + insert.length)));
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

describe("requests of the wrong form", () => {
  it.each([
    ["an unknown event", "message:destroy", {}],
    ["an event of Socket.IO's own", "error", {}],
    ["no payload", "message:send", undefined],
    ["a list", "message:send", []],
    ["text", "sync", "everything"],
    ["an unknown key", "history", { channelId: "", isAdmin: true }],
    ["a malformed id", "message:send", { id: "1", channelId: "2", body: "x" }],
    [
      "a thread, which is not served yet",
      "message:send",
      { id: newId(), channelId: newId(), body: "x", threadId: newId() },
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
