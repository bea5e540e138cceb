import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { buildVariant } from "@/tests/support/server-variant";
import { SMALL_POOL, WITH_FAILPOINTS } from "@/tests/support/variants";

let house: BusyHouse;
beforeAll(async () => {
  house = await openBusyHouse({ embedded: true, bundle: await buildVariant([...WITH_FAILPOINTS, SMALL_POOL]) });
});
afterAll(() => house.close());

describe("[F13] an event loop that stalls at the begin of every transaction, with two connections for all", () => {
  it("mixes no transaction with another, and loses nothing", async () => {
    await house.parley.kill();
    await house.parley.start({ env: { FAILPOINTS: "during_begin=stall:100" } });
    house.talk(10);
    const peers = await Promise.all(house.people.map((person) => person.connect()));
    // Each sync is a transaction, and so are coming and going.
    await Promise.all([
      ...peers.flatMap((peer) => Array.from({ length: 8 }, () => peer.ask("sync", { cursors: {} }))),
      ...house.people.slice(1).map(async (person) => {
        const [, random = ""] = house.channelIds;
        await person.rest("DELETE", `/channels/${random}/members/${person.account.id}`);
        expect(await person.rest("POST", `/channels/${random}/members`, {})).toMatchObject({ status: 200 });
      }),
    ]);
    for (const peer of peers) peer.close();
    await house.settle();
    const { rows } = await house.pool.query(
      "SELECT count(*)::int AS open FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'",
    );
    expect(rows).toEqual([{ open: 0 }]);
    expect(await readFile(join(house.parley.dataDir, "postgres.log"), "utf8")).not.toMatch(
      /already a transaction in progress|no transaction in progress|current transaction is aborted/,
    );
  });
});
