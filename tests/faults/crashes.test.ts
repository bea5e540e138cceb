import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
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

describe("[F02] a server that is killed", () => {
  it("ten times under load loses nothing that it acknowledged, and stores nothing twice", async () => {
    house.talk(100);
    for (let time = 0; time < 10; time += 1) {
      await house.progress(60);
      await house.parley.kill();
      await house.parley.start();
    }
    await house.settle();
  });
});
