/** What compares the clients with the database must find a server out that breaks its promises, or it proves nothing. */
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { swallowAcknowledgements } from "@/tests/support/frame-faults";
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
