import { HonestClient } from "@/tests/support/honest-client";
import { joinParley, type Person } from "@/tests/support/peer";
import { allCaughtUp, expectPromisesKept } from "@/tests/support/promises";
import { type Supervised, startSupervised } from "@/tests/support/supervised";
import { openProxy, type TcpProxy } from "@/tests/support/tcp-proxy";

const PEOPLE = 30;
const CONNECTIONS_EACH = 50;

let parley: Supervised;
let proxy: TcpProxy;
let clients: HonestClient[];
beforeAll(async () => {
  parley = await startSupervised({ env: { RATE_LIMITS: "off" } });
  proxy = await openProxy(parley.origin);
  const people: Person[] = [];
  for (let place = 0; place < PEOPLE; place += 1) people.push(await joinParley(parley.origin, `person${place}`));
  clients = [];
  for (let wave = 0; wave < CONNECTIONS_EACH; wave += 1) {
    const newcomers = people.map((person) => new HonestClient(person, proxy.origin));
    await Promise.all(newcomers.map((client) => client.until(({ held }) => held.size === 2)));
    clients.push(...newcomers);
  }
});
afterAll(async () => {
  for (const client of clients) client.close();
  await proxy.close();
  await parley.close();
});

describe("[F29] 1,500 connections, of which 30 talk, all cut at once", () => {
  it.each(["reset", "fin"] as const)("by %s come back, miss nothing, and exhaust nothing", async (by) => {
    const [talker] = clients;
    const channelIds = [...(talker?.held.keys() ?? [])];
    const catchUps = clients.map((client) => client.catchUps);
    const talkers = clients.slice(0, PEOPLE);
    for (const client of talkers) client.say(channelIds[0] ?? "", ...["before", "amid", "after"]);
    await talker?.until((client) => client.acknowledged() > 0);
    proxy.cut(by);
    await Promise.all(clients.map((client, place) => client.until((one) => one.catchUps > (catchUps[place] ?? 0))));
    const pool = parley.database?.pool;
    if (pool === undefined) throw new Error("The storm wants a database that it can look into.");
    await allCaughtUp({ pool }, clients);
    await expectPromisesKept({ pool, logs: parley.logs }, clients);
    expect(parley.logs()).not.toMatch(/"level":50/);
  });
});
