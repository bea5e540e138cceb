import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { createEmptyDatabase } from "@/tests/support/database";
import { joinParley } from "@/tests/support/peer";
import { startParley } from "@/tests/support/server";
import { buildVariant } from "@/tests/support/server-variant";
import { WITH_FAILPOINTS } from "@/tests/support/variants";

let house: BusyHouse;
beforeAll(async () => {
  house = await openBusyHouse({ bundle: await buildVariant(WITH_FAILPOINTS) });
});
afterAll(() => house.close());

describe("[F01] a server that dies by itself", () => {
  it.each(["before_commit", "during_statement", "after_commit_before_ack", "after_ack_before_fanout", "mid_fanout"])(
    "at %s loses nothing that it acknowledged, and stores nothing twice",
    async (point) => {
      await house.parley.kill();
      await house.parley.start({ env: { FAILPOINTS: `${point}=crash@5` } });
      house.talk(15);
      expect(await house.parley.ended()).toMatchObject({ signal: "SIGKILL" });
      await house.parley.start();
      await house.settle();
    },
  );
});

describe("[F01] a server that dies while it stops", () => {
  it("loses nothing that it acknowledged, and stores nothing twice", async () => {
    await house.parley.kill();
    await house.parley.start({ env: { FAILPOINTS: "during_drain=crash" } });
    house.talk(15);
    await house.progress(40);
    await house.parley.stop();
    expect(await house.parley.ended()).toMatchObject({ signal: "SIGKILL" });
    await house.parley.start();
    await house.settle();
  });
});

describe("[F30] a server that is stopped and started anew", () => {
  it("twice under load loses nothing, and everybody comes back by themselves", async () => {
    house.talk(40);
    for (let time = 0; time < 2; time += 1) {
      await house.progress(60);
      expect(await house.parley.stop()).toBe(0);
      await house.parley.start();
    }
    await house.settle();
  });
});

describe("[F02] a server that is killed", () => {
  it("ten times under load loses nothing that it acknowledged, and stores nothing twice", async () => {
    house.talk(100);
    for (let time = 0; time < 10; time += 1) {
      await house.progress(60);
      await house.parley.kill();
      await house.parley.start();
    }
    await house.settle();
  }, 180_000);
});

describe("[F09] a server that dies in the middle of a migration", () => {
  it("leaves nothing half-done: the next one begins anew and serves", async () => {
    const bundle = await buildVariant(WITH_FAILPOINTS);
    const database = await createEmptyDatabase();
    const start = (env: Record<string, string>) => startParley({ bundle, databaseUrl: database.url, env });
    await expect(start({ FAILPOINTS: "mid_migration=crash@2" })).rejects.toThrow("before it was ready");
    const { rows } = await database.pool.query(
      "SELECT migration_name, finished_at IS NOT NULL AS whole FROM _prisma_migrations",
    );
    expect(rows).toEqual([expect.objectContaining({ whole: true })]);
    const parley = await start({});
    await joinParley(parley.origin, "ada");
    expect(await parley.stop()).toBe(0);
    await database.drop();
  });
});
