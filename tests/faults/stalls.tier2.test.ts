import { expectNoMixedTransactions } from "@/tests/faults/stalled-begins";
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { buildVariant } from "@/tests/support/server-variant";
import { SMALL_POOL, WITH_FAILPOINTS } from "@/tests/support/variants";

let house: BusyHouse;
beforeAll(async () => {
  house = await openBusyHouse({ embedded: true, bundle: await buildVariant([...WITH_FAILPOINTS, SMALL_POOL]) });
});
afterAll(() => house.close());

test("[F13] an event loop that stalls at the begin of 50 transactions, with two connections for all, mixes none and loses nothing", async () => {
  await expectNoMixedTransactions(house, { stallMs: 3_000, transactions: 50 });
});
