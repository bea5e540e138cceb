import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import type WebSocket from "ws";
import { newId } from "@/lib/shared/ids";
import { residentMiB } from "@/tests/support/memory";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { hungUp, openRawIn } from "@/tests/support/wire";

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
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
});

/** Sends `count` messages of `length` characters, so many at a time as a quick client would. */
async function chatter(count: number, length: number, atATime = 100): Promise<void> {
  for (let sent = 0; sent < count; sent += atATime) {
    const answers = await Promise.all(
      Array.from({ length: atATime }, () =>
        adaPeer.ask("message:send", { id: newId(), channelId: general, body: randomBytes(length / 2).toString("hex") }),
      ),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
  }
}

/** The version that brook was told last, for what all others must have heard. */
const lastHeard = () => brookPeer.told("channel:changes").at(-1)?.to;

describe("[F27] a client that stops reading", () => {
  it("is closed, while the others hear everything", async () => {
    const stopped = await openRawIn(parley, brook.slug, brook.token);
    stopped.pause();
    await chatter(3_000, 8_000);
    const { version } = await ada.channel("general");
    await brookPeer.hears("channel:changes", ({ to }) => to === version);
    expect(parley.logs()).toContain("reads too slowly");
    stopped.resume();
    await hungUp(stopped);
    expect(lastHeard()).toBe(version);
  });

  it("and asks on cannot make the server hold what it asked for", async () => {
    const before = residentMiB(parley.pid);
    const stopped = await openRawIn(parley, brook.slug, brook.token);
    stopped.pause();
    // Each answer is a page of 400 kB: held, they would be 400 MB beside what is not swept up yet.
    for (let asked = 0; asked < 1_000; asked += 1) askHistory(stopped, asked);
    await brookPeer.ask("history", { channelId: general, limit: 1 });
    expect(residentMiB(parley.pid) - before).toBeLessThan(300);
    stopped.resume();
    await hungUp(stopped);
    expect(await adaPeer.ask("message:send", { id: newId(), channelId: general, body: "fine" })).toMatchObject({
      ok: true,
    });
  });

  function askHistory(socket: WebSocket, number: number): void {
    const payload = JSON.stringify(["history", { channelId: general, limit: 50 }]);
    socket.send(`42/w/${brook.slug},${number}${payload}`);
  }
});

describe("a client that asks more than it waits for", () => {
  it("is told so, and the others are answered", async () => {
    const peer = await brook.connect();
    // Fewer refusals than a connection may be behind with: more of them at once would be closed as a slow reader is.
    const flood = Array.from({ length: 1_400 }, () => peer.ask("history", { channelId: general, limit: 1 }));
    expect(await adaPeer.ask("message:send", { id: newId(), channelId: general, body: "meanwhile" })).toMatchObject({
      ok: true,
    });
    const codes = (await Promise.all(flood)).map((answer) => (answer.ok ? "ok" : answer.error.code));
    expect(new Set(codes)).toEqual(new Set(["ok", "rate_limited"]));
    expect(codes.filter((code) => code === "ok").length).toBeGreaterThanOrEqual(1_000);
    expect(await peer.ask("history", { channelId: general, limit: 1 })).toMatchObject({ ok: true });
    peer.close();
  });
});

describe("[F28] a flood of pings from who never reads", () => {
  it("is cut off, and costs the server no memory", async () => {
    const before = residentMiB(parley.pid);
    const { host, port } = new URL(parley.origin);
    const socket = connectTcp(Number(port), "127.0.0.1");
    socket.on("error", () => undefined);
    const cut = new Promise((done) => socket.once("close", done));
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    await once(socket, "data");
    socket.pause();
    const pings = Buffer.concat(Array(1_000).fill(maskedPing()));
    for (let sent = 0; sent < 1_500 && !socket.destroyed; sent += 1) {
      if (!socket.write(pings)) await Promise.race([new Promise((go) => socket.once("drain", go)), cut]);
    }
    socket.resume();
    await cut;
    expect(residentMiB(parley.pid) - before).toBeLessThan(100);
    expect((await fetch(`${parley.origin}/healthz`)).status).toBe(200);
    expect(await adaPeer.ask("message:send", { id: newId(), channelId: general, body: "calm" })).toMatchObject({
      ok: true,
    });
  });

  /** A WebSocket ping with the most that it may carry, masked with zeros as clients must mask. */
  function maskedPing(): Buffer {
    return Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125)]);
  }
});
