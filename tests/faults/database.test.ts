import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { backendPids, postmasterPid } from "@/tests/support/embedded-postgres";
import type { HonestClient } from "@/tests/support/honest-client";
import { buildVariant } from "@/tests/support/server-variant";
import { WITH_FAILPOINTS } from "@/tests/support/variants";

let house: BusyHouse;
beforeAll(async () => {
  house = await openBusyHouse({ embedded: true, bundle: await buildVariant(WITH_FAILPOINTS) });
});
afterAll(() => house.close());

const refusals = () => house.clients.flatMap((client) => client.refusals);

describe("[F03] under load", () => {
  it("a Postgres that is killed is started again; meanwhile sends are unavailable, and nothing is lost", async () => {
    const server = house.parley.pid();
    house.talk(40);
    for (let time = 0; time < 3; time += 1) {
      await house.progress(80);
      process.kill(await postmasterPid(house.parley.dataDir), "SIGKILL");
    }
    await house.settle();
    expect(refusals()).toContain("unavailable");
    expect(house.parley.pid()).toBe(server);
  });

  it("a connection of Postgres that is killed takes all others with it, and nothing is lost", async () => {
    house.talk(40);
    for (let time = 0; time < 3; time += 1) {
      await house.progress(80);
      const [victim = 0] = await backendPids(house.pool);
      process.kill(victim, "SIGKILL");
    }
    await house.settle();
  });
});

describe("[F01] a commit whose answer is lost", () => {
  beforeEach(async () => {
    await house.parley.kill();
    await house.parley.start({ env: { FAILPOINTS: "after_commit_before_ack=throw@1" } });
  });

  it("is told to everybody all the same", async () => {
    const [general = ""] = house.channelIds;
    house.clients[0]?.say(general, "is anybody there?");
    await house.settle();
    expect(refusals().at(-1)).toBe("unavailable");
  });

  it("is told to everybody though its sender never comes back", async () => {
    const [general = ""] = house.channelIds;
    const [sender, ...others] = house.clients;
    const before = sender?.refusals.length ?? 0;
    sender?.say(general, "my last words");
    await sender?.until(({ refusals }) => refusals.length > before);
    sender?.close();
    await Promise.all(others.map((client) => client.until(() => holds(client, general, "my last words"))));
  });

  const holds = (client: HonestClient, channelId: string, body: string) =>
    [...(client.held.get(channelId)?.messages.values() ?? [])].some((message) => message.body === body);
});
