import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import { buildVariant } from "@/tests/support/server-variant";
import { QUICK_PULSE } from "@/tests/support/variants";

let house: BusyHouse;
beforeEach(async () => {
  house = await openBusyHouse({ bundle: await buildVariant(QUICK_PULSE) });
});
afterEach(() => house.close());

describe("[F06] a server that stands still", () => {
  it("for longer than clients wait is left, finds that out, and is found again", async () => {
    house.talk(30);
    await house.progress(60);
    process.kill(house.parley.pid(), "SIGSTOP");
    const isOnline = ({ connection }: BusyHouse["clients"][number]) => connection.state.get() === "online";
    await Promise.all(house.clients.map((client) => client.until((one) => !isOnline(one))));
    process.kill(house.parley.pid(), "SIGCONT");
    await house.parley.prints((logs) => logs.split("lost a connection").length > house.clients.length);
    await house.settle();
  });
});

/** A group of processes that may take 4 MiB together. */
const GROUP = `/sys/fs/cgroup/memory/parley-test-${process.pid}`;

/** Whether there are such groups, and the kernel holds processes to them: a program that takes more is killed. */
function memoryIsLimited(): boolean {
  try {
    mkdirSync(GROUP);
    writeFileSync(`${GROUP}/memory.limit_in_bytes`, String(4 * 1024 * 1024));
  } catch {
    return false;
  }
  const greedy = `echo $$ > ${GROUP}/cgroup.procs && exec ${process.execPath} -e "Buffer.alloc(200 << 20, 1)"`;
  return spawnSync("sh", ["-c", greedy], { timeout: 10_000 }).signal === "SIGKILL";
}

const limited = memoryIsLimited();
afterAll(() => {
  if (existsSync(GROUP)) rmdirSync(GROUP);
});

describe(`[F08] a server that runs out of memory${limited ? "" : " (SKIPPED: the system limits nobody's memory)"}`, () => {
  (limited ? it : it.skip)("is killed by the system, and loses nothing that it acknowledged", async () => {
    // What it holds already stays with its old group; what it takes from here on is counted.
    writeFileSync(`${GROUP}/cgroup.procs`, String(house.parley.pid()));
    const [general = ""] = house.channelIds;
    const long = Array.from({ length: 60 }, (_, place) => `${place} ${"long ".repeat(2_000)}`);
    for (const client of house.clients) client.say(general, ...long);
    expect(await house.parley.ended()).toMatchObject({ signal: "SIGKILL" });
    await house.parley.start();
    await house.settle();
  });
});
