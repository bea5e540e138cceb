/** What compares the clients with the database must find a server out that breaks its promises, or it proves nothing. */
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { swallowAcknowledgements } from "@/tests/support/frame-faults";
import type { HonestClient } from "@/tests/support/honest-client";
import type { Peer } from "@/tests/support/peer";
import { buildVariant } from "@/tests/support/server-variant";
import { SABOTAGE } from "@/tests/support/variants";

let house: BusyHouse;
afterEach(() => house.close());

it("finds a server out that acknowledges before it commits", async () => {
  house = await openBusyHouse({ bundle: await buildVariant(SABOTAGE.ackBeforeCommit) });
  house.talk(20);
  await house.progress(30);
  await house.parley.kill();
  await house.parley.start();
  await expect(house.settle()).rejects.toThrow("toEqual");
});

it("finds a server out that stores a repeated message twice", async () => {
  house = await openBusyHouse({ bundle: await buildVariant(SABOTAGE.noDedupe), patienceMs: 500 });
  house.proxy.tamper(swallowAcknowledgements(3));
  house.talk(5);
  await expect(house.settle()).rejects.toThrow("toEqual");
});

it("finds a server out that hides a gap", async () => {
  house = await openBusyHouse({ bundle: await buildVariant(SABOTAGE.hiddenGap) });
  house.talk(20);
  await house.progress(20);
  await expect(house.settle()).rejects.toThrow("toEqual");
});

/** Those who watch over permissions, here and elsewhere, must be able to rely on it that these servers break them. */
describe("a server that is made to", () => {
  let host: HonestClient;
  let guest: HonestClient;
  let random: string;
  let peer: Peer;

  async function open(sabotage: keyof typeof SABOTAGE): Promise<void> {
    house = await openBusyHouse({ bundle: await buildVariant(SABOTAGE[sabotage]), people: 2 });
    const { rows } = await house.pool.query("SELECT account_id FROM members WHERE role = 'owner'");
    const [one, other] = house.clients;
    if (one === undefined || other === undefined) throw new Error("The house is empty.");
    [host, guest] = one.person.account.id === rows[0]?.account_id ? [one, other] : [other, one];
    random = (await host.person.channel("random")).id;
    peer = await guest.person.connect();
    await peer.ask("sync", { cursors: {} });
  }
  afterEach(() => peer.close());

  const remove = () => host.person.rest("DELETE", `/channels/${random}/members/${guest.person.account.id}`);
  const hearsAfterwards = async () => {
    host.say(random, "among ourselves");
    await peer.hears("channel:changes", ({ messages }) => messages.some(({ body }) => body === "among ourselves"));
  };

  it("keep stale permissions lets the removed hear on", async () => {
    await open("stalePermission");
    await remove();
    await hearsAfterwards();
  });

  it("recover connections lets those who were removed meanwhile hear on", async () => {
    await open("recoveryOn");
    host.say(random, "an event to go on from");
    await peer.hears("channel:changes", ({ channelId }) => channelId === random);
    const gone = new Promise((resolve) => peer.socket.once("disconnect", resolve));
    peer.socket.io.engine.close();
    await gone;
    await remove();
    peer.socket.connect();
    await hearsAfterwards();
  });

  it("revoke nothing lets those who were logged out hear on", async () => {
    await open("neverRevoke");
    const { tokens } = (await guest.person.visitor.call("GET", "/tokens")).body;
    await guest.person.visitor.call("DELETE", `/tokens/${tokens[0]?.id}`);
    await hearsAfterwards();
  });
});
