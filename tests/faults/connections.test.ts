import { randomOf } from "@/bin/seed/random";
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { buildVariant } from "@/tests/support/server-variant";
import { QUICK_PULSE } from "@/tests/support/variants";

let house: BusyHouse;
beforeAll(async () => {
  house = await openBusyHouse({ bundle: await buildVariant(QUICK_PULSE) });
});
afterEach(() => house.proxy.set({ kind: "pass" }));
afterAll(() => house.close());

describe("[F20] connections that are cut again and again", () => {
  it.each(["reset", "fin"] as const)("by %s, all at once, lose and double nothing", async (by) => {
    house.talk(20);
    for (let time = 0; time < 6; time += 1) {
      await house.progress(30);
      house.proxy.cut(by);
    }
    await house.settle();
  });

  it("in the middle of a frame lose and double nothing", async () => {
    const random = randomOf(20, "cuts");
    house.talk(20);
    for (let time = 0; time < 6; time += 1) {
      await house.progress(30);
      house.proxy.set({ kind: "cutAfter", bytes: random.below(8_000), by: "reset" });
      house.proxy.setForNew({ kind: "pass" });
    }
    await house.settle();
  });
});

describe("[F21] a line that holds everything", () => {
  it.each(["both", "toServer", "toClient"] as const)(
    "%s is noticed at both ends, and nothing is lost over it",
    async (way) => {
      await Promise.all(house.clients.map((client) => client.until(isOnline)));
      house.talk(5);
      await house.progress(10);
      const before = lost();
      house.proxy.set({ kind: "blackhole", way });
      await Promise.all(house.clients.map((client) => client.until((one) => !isOnline(one))));
      await house.parley.prints(() => lost() === before + house.clients.length);
      house.proxy.set({ kind: "pass" });
      await house.settle();
    },
  );

  const lost = () => house.parley.logs().split("lost a connection").length;
  const isOnline = ({ connection }: BusyHouse["clients"][number]) => connection.state.get() === "online";
});
