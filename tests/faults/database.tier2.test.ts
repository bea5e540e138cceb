import { setTimeout as wait } from "node:timers/promises";
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { backendPids, postgresPids, postmasterPid } from "@/tests/support/embedded-postgres";

let house: BusyHouse;
beforeAll(async () => {
  house = await openBusyHouse({ embedded: true });
});
afterAll(() => house.close());

describe("[F04] under load", () => {
  it("a server killed together with its Postgres comes back with all that it acknowledged", async () => {
    house.talk(60);
    for (let time = 0; time < 3; time += 1) {
      await house.progress(60);
      const postmaster = await postmasterPid(house.parley.dataDir);
      process.kill(postmaster, "SIGKILL");
      await house.parley.kill();
      await house.parley.start();
      expect(await postmasterPid(house.parley.dataDir)).not.toBe(postmaster);
    }
    await house.settle();
  });

  it("a Postgres that outlives its server is taken over by the next one", async () => {
    house.talk(60);
    const postmaster = await postmasterPid(house.parley.dataDir);
    for (let time = 0; time < 3; time += 1) {
      await house.progress(60);
      await house.parley.kill();
      await house.parley.start();
      expect(await postmasterPid(house.parley.dataDir)).toBe(postmaster);
    }
    await house.settle();
  });
});

describe("[F05] a Postgres that stands still", () => {
  it.each([3, 20, 60])("for %d s holds nothing else up, and goes on as if nothing had been", async (seconds) => {
    house.talk(30);
    await house.progress(60);
    const pids = await postgresPids(house.parley.dataDir);
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    for (let second = 0; second < seconds; second += 1) {
      await wait(1_000);
      expect((await fetch(`${house.parley.origin}/healthz`)).status).toBe(200);
    }
    for (const pid of pids) process.kill(pid, "SIGCONT");
    await house.settle();
    // The pool's ten, and the one that holds the claim on the database.
    expect((await backendPids(house.pool)).length).toBeLessThanOrEqual(11);
    expect((await fetch(`${house.parley.origin}/readyz`)).status).toBe(200);
  });
});
