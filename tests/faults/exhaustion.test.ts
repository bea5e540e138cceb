/** The other cases of F27 and F28 (paused readers, floods of pings, fragments) are in tests/realtime. */
import { connect as dial, type Socket } from "node:net";
import type WebSocket from "ws";
import { newId } from "@/lib/shared/ids";
import { residentMiB } from "@/tests/support/memory";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { buildVariant } from "@/tests/support/server-variant";
import { QUICK_HANDSHAKE } from "@/tests/support/variants";
import { hungUp, openRaw, openRawIn, rawHttp } from "@/tests/support/wire";

let parley: Parley;
let ada: Person;
let peer: Peer;
let general: string;
let before: number;

beforeAll(async () => {
  parley = await startParley({ bundle: await buildVariant(QUICK_HANDSHAKE), env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  peer = await ada.connect();
  general = (await ada.channel("general")).id;
});
beforeEach(() => {
  before = residentMiB(parley.pid);
});
afterAll(async () => {
  peer.close();
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
  await parley.stop();
});

/** Others are served as ever, and the server has not grown by what the attackers cost. */
async function undisturbed(): Promise<void> {
  expect((await fetch(`${parley.origin}/healthz`)).status).toBe(200);
  expect(await peer.ask("message:send", { id: newId(), channelId: general, body: "still here" })).toMatchObject({
    ok: true,
  });
  expect(peer.socket.connected).toBe(true);
  expect(residentMiB(parley.pid) - before).toBeLessThan(50);
}

const thousand = <T>(open: (place: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 1_000 }, (_, n) => open(n)));

function openTcp(firstBytes: string): Promise<Socket> {
  return new Promise((opened, failed) => {
    const socket = dial(Number(new URL(parley.origin).port), "127.0.0.1", () => {
      socket.write(firstBytes, () => opened(socket));
    });
    socket.once("error", failed);
  });
}

describe("[F28] the server is held up by nobody who", () => {
  it.each([
    ["says nothing", ""],
    ["never ends a request's headers", "GET / HTTP/1.1\r\nHost: parley\r\nX-Slow: "],
    ["never ends a request's body", "POST /api/v1/accounts HTTP/1.1\r\nHost: parley\r\nContent-Length: 1000\r\n\r\n{"],
    [
      "never ends a WebSocket's handshake",
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n",
    ],
  ])("%s, a thousand times over", async (_, firstBytes) => {
    const sockets = await thousand(() => openTcp(firstBytes));
    await undisturbed();
    for (const socket of sockets) socket.destroy();
  });

  it("opens a thousand connections and never says to which workspace: they are cut", async () => {
    const sockets: WebSocket[] = await thousand(() => openRaw(parley));
    await undisturbed();
    await Promise.all(sockets.map(hungUp));
    await undisturbed();
  });

  it("sends ten thousand headers", async () => {
    const headers = Array.from({ length: 10_000 }, (_, place) => `X-${place}: 1\r\n`).join("");
    expect(await rawHttp(parley, `GET / HTTP/1.1\r\nHost: parley\r\n${headers}\r\n`)).toMatch(/^HTTP\/1.1 431 |^$/);
    await undisturbed();
  });

  it("sends 200,000 fragments of one byte of a packet that never ends: it is cut", async () => {
    const socket = await openRawIn(parley, ada.slug, ada.token);
    for (let sent = 0; sent < 200_000 && socket.readyState === socket.OPEN; sent += 1) {
      socket.send("x", { fin: false });
      if (sent % 2_000 === 0) await new Promise((go) => setImmediate(go));
    }
    await hungUp(socket);
    await undisturbed();
  });
});
