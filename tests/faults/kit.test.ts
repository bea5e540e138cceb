/** The tools of the fault tests do what they say: a proxy that passes everything on would prove nothing. */
import { newId } from "@/lib/shared/ids";
import { drop, duplicate, isNamed, swallowAcknowledgements, swap } from "@/tests/support/frame-faults";
import { connect, joinParley, type Peer, type Person } from "@/tests/support/peer";
import { buildVariant } from "@/tests/support/server-variant";
import { type Supervised, startSupervised } from "@/tests/support/supervised";
import { openProxy, type TcpProxy } from "@/tests/support/tcp-proxy";
import { SABOTAGE, SMALL_POOL, WITH_FAILPOINTS } from "@/tests/support/variants";

let parley: Supervised;
let proxy: TcpProxy;
let ada: Person;
let general: string;
let near: Peer;
let far: Peer;

beforeAll(async () => {
  parley = await startSupervised({ bundle: await buildVariant(WITH_FAILPOINTS), env: { RATE_LIMITS: "off" } });
  ada = await joinParley(parley.origin, "ada");
  general = (await ada.channel("general")).id;
  proxy = await openProxy(parley.origin);
});
beforeEach(async () => {
  near = await ada.connect();
  far = await connect(proxy.origin, ada.slug, { token: ada.token });
});
afterEach(() => {
  near.close();
  far.close();
  proxy.tamper();
  proxy.set({ kind: "pass" });
});
afterAll(async () => {
  await proxy.close();
  await parley.close();
});

const say = (peer: Peer, body: string) => peer.ask("message:send", { id: newId(), channelId: general, body });
const bodies = (peer: Peer) => peer.told("channel:changes").flatMap(({ messages }) => messages.map(({ body }) => body));
const heard = (peer: Peer, body: string) =>
  peer.hears("channel:changes", ({ messages }) => messages.some((one) => one.body === body));

const disconnected = (peer: Peer) => new Promise((gone) => peer.socket.once("disconnect", gone));

describe("the proxy", () => {
  it("passes everything on", async () => {
    await say(far, "through");
    await heard(far, "through");
    expect(proxy.connections()).toBe(1);
  });

  it("delays, and keeps the order", async () => {
    proxy.set({ kind: "delay", ms: 10, jitterMs: 100 });
    await Promise.all(["a", "b", "c", "d", "e"].map((body) => say(far, body)));
    await heard(near, "e");
    expect(bodies(near)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("lets only so many bytes through in a second", async () => {
    proxy.set({ kind: "rate", bytesPerSecond: 4_000 });
    const slow = say(far, "x".repeat(2_000));
    await say(near, "quick");
    await slow;
    expect(bodies(near).map((body) => body.slice(0, 5))).toEqual(["quick", "xxxxx"]);
  });

  it.each(["toServer", "toClient", "both"] as const)("holds what goes %s, and hands it on at the end", async (way) => {
    proxy.set({ kind: "blackhole", way });
    const asked = say(far, `held ${way}`);
    await say(near, "meanwhile");
    if (way === "toClient") await heard(near, `held ${way}`);
    else expect(bodies(near)).not.toContain(`held ${way}`);
    expect(bodies(far)).toEqual([]);
    proxy.set({ kind: "pass" });
    expect(await asked).toMatchObject({ ok: true });
    await heard(far, "meanwhile");
  });

  it.each(["reset", "fin"] as const)("ends connections by %s", async (by) => {
    const gone = disconnected(far);
    proxy.cut(by);
    await gone;
  });

  it("ends a connection after so many bytes", async () => {
    const gone = disconnected(far);
    proxy.set({ kind: "cutAfter", bytes: 1_000, by: "reset" });
    far.socket.emit("message:send", { id: newId(), channelId: general, body: "y".repeat(2_000) });
    await gone;
    await say(near, "later");
    expect(bodies(near).join()).not.toContain("y");
  });

  it("swallows acknowledgements", async () => {
    proxy.tamper(swallowAcknowledgements(2));
    const answers: string[] = [];
    for (const body of ["one", "two", "three"]) {
      say(far, body).then(
        () => answers.push(body),
        () => undefined,
      );
    }
    await heard(far, "three");
    expect(answers).toEqual(["one", "three"]);
  });

  it("drops, doubles and swaps events", async () => {
    const changes = isNamed("channel:changes");
    proxy.tamper(drop(2, changes));
    for (const body of ["one", "two", "three"]) await say(near, body);
    await heard(far, "three");
    expect(bodies(far)).toEqual(["one", "three"]);
    proxy.tamper(duplicate(1, changes));
    await say(near, "four");
    await say(near, "five");
    await heard(far, "five");
    expect(bodies(far).slice(2, 5)).toEqual(["four", "four", "five"]);
    proxy.tamper(swap(1, changes));
    await say(near, "six");
    await say(near, "seven");
    await heard(far, "six");
    expect(bodies(far).slice(-2)).toEqual(["seven", "six"]);
  });
});

describe("a variant of the server", () => {
  it("whose text is not there, or there twice, is not built", async () => {
    const file = "lib/messages/log/log.ts";
    await expect(buildVariant([{ file, find: "no such text", replace: "" }])).rejects.toThrow("holds this 0 times");
    await expect(buildVariant([{ file, find: "const ", replace: "" }])).rejects.toThrow(
      "where a variant needs it once",
    );
    await expect(buildVariant([{ file: "lib/nowhere.ts", find: "x", replace: "" }])).rejects.toThrow("is no part");
  });

  it.each(Object.keys(SABOTAGE) as (keyof typeof SABOTAGE)[])("is built that breaks a promise: %s", async (name) => {
    expect(await buildVariant(SABOTAGE[name])).toMatch(/^build\/variants\/[0-9a-f]{16}\/server\.js$/);
  });

  it("with a pool of two is built", async () => {
    expect(await buildVariant([...WITH_FAILPOINTS, SMALL_POOL])).not.toBe(await buildVariant(WITH_FAILPOINTS));
  });

  it("dies at its failpoint and comes back at the same address", async () => {
    near.close();
    far.close();
    expect(await parley.stop()).toBe(0);
    await parley.start({ env: { FAILPOINTS: "before_commit=crash@2" } });
    const peer = await ada.connect();
    expect(await say(peer, "before")).toMatchObject({ ok: true });
    void say(peer, "lost").catch(() => undefined);
    expect(await parley.ended()).toMatchObject({ signal: "SIGKILL" });
    await parley.start();
    const again = await ada.connect();
    await say(again, "after");
    const { rows } = (await parley.database?.pool.query("SELECT body FROM messages ORDER BY seq DESC LIMIT 2")) ?? {
      rows: [],
    };
    expect(rows.map(({ body }) => body)).toEqual(["after", "before"]);
    peer.close();
    again.close();
  });
});
