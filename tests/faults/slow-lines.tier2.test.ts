import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { drop, duplicate, isNamed, swap } from "@/tests/support/frame-faults";
import { HonestClient } from "@/tests/support/honest-client";
import { joinParley } from "@/tests/support/peer";
import { allCaughtUp } from "@/tests/support/promises";
import { buildVariant } from "@/tests/support/server-variant";
import { openProxy } from "@/tests/support/tcp-proxy";
import { QUICK_PULSE } from "@/tests/support/variants";

let house: BusyHouse;
afterEach(() => house.close());

describe("[F22] frames that take from 0 to 800 ms each", () => {
  it.each(["websocket", "polling"] as const)("arrive in their order by %s", async (transport) => {
    house = await openBusyHouse({ transport, patienceMs: 10_000, env: { POLLING: "on" } });
    house.proxy.set({ kind: "delay", ms: 0, jitterMs: 800 });
    house.talk(6);
    await house.settle();
  });
});

describe("[F23] events that are", () => {
  const changes = isNamed("channel:changes");

  it.each([
    ["lost", drop(3, changes)],
    ["doubled", duplicate(2, changes)],
    ["swapped", swap(2, changes)],
  ])("%s leave no hole, and nothing is applied twice", async (_, fault) => {
    house = await openBusyHouse({ bundle: await buildVariant(QUICK_PULSE) });
    house.proxy.tamper(fault);
    house.talk(20);
    await house.settle();
  });

  it("all lost are noticed by the heads that are told from time to time", async () => {
    house = await openBusyHouse({ bundle: await buildVariant(QUICK_PULSE) });
    house.proxy.tamper(drop(1, changes));
    house.talk(5);
    await house.settle();
  });
});

describe("[F26] one line of 64 kbit/s in a busy room", () => {
  it("is closed as too slow and catches up later, and the others do not notice", async () => {
    house = await openBusyHouse();
    const slowProxy = await openProxy(house.parley.origin);
    const slow = new HonestClient(await joinParley(house.parley.origin, "zadie"), slowProxy.origin);
    await slow.until(({ held }) => held.size === 2);
    slowProxy.set({ kind: "rate", bytesPerSecond: 8_000 });
    const [general = ""] = house.channelIds;
    const long = Array.from({ length: 400 }, (_, place) => `${place} ${"x".repeat(8_000)}`);
    for (const client of house.clients) client.say(general, ...long);
    await house.parley.prints((logs) => logs.includes("reads too slowly"));
    await allCaughtUp(house, house.clients);
    expect(slow.isBehind(house.clients[0])).toBe(true);
    slowProxy.set({ kind: "pass" });
    house.clients.push(slow);
    await house.settle();
    await slowProxy.close();
  });
});
