import { type BusyHouse, openBusyHouse } from "@/tests/support/busy-house";
import type { HonestClient } from "@/tests/support/honest-client";
import { connect, type Peer, type Person } from "@/tests/support/peer";
import { buildVariant } from "@/tests/support/server-variant";
import { WITH_FAILPOINTS } from "@/tests/support/variants";

let house: BusyHouse;
let owner: Person;
let guest: HonestClient;
let peer: Peer;
let random: string;

beforeEach(async () => {
  house = await openBusyHouse({ bundle: await buildVariant(WITH_FAILPOINTS) });
  const { rows } = await house.pool.query("SELECT account_id FROM members WHERE role = 'owner'");
  const host = house.clients.find(({ person }) => person.account.id === rows[0]?.account_id);
  const other = house.clients.find((client) => client !== host);
  if (host === undefined || other === undefined) throw new Error("The house has no owner, or nobody else.");
  owner = host.person;
  guest = other;
  random = (await owner.channel("random")).id;
  peer = await guest.person.connect();
});
afterEach(async () => {
  peer.close();
  await house.close();
});

const remove = (by: Person) => by.rest("DELETE", `/channels/${random}/members/${guest.person.account.id}`);
const join = () => guest.person.rest("POST", `/channels/${random}/members`, {});

/** From which version to which the guest was in the channel. */
async function stays(): Promise<{ from: number; to: number }[]> {
  const { rows } = await house.pool.query<{ version: number; role: string | null }>(
    "SELECT version, role FROM membership_changes WHERE channel_id = $1 AND account_id = $2 ORDER BY version",
    [random, guest.person.account.id],
  );
  return rows.flatMap(({ version, role }, place) =>
    role === null ? [] : [{ from: version, to: rows[place + 1]?.version ?? Number.POSITIVE_INFINITY }],
  );
}

describe("[F36] somebody who is removed, leaves and joins two hundred times while others talk", () => {
  it("hears exactly what was said in between, and says nothing outside of it", async () => {
    house.talk(150);
    for (let time = 0; time < 100; time += 1) {
      await remove(time % 2 === 0 ? owner : guest.person);
      guest.say(random, `knocking ${time}`);
      if (time % 10 === 0) house.proxy.cut("reset");
      await join();
      guest.say(random, `inside ${time}`);
    }
    await house.settle();
    const inside = await stays();
    expect(inside.length).toBeGreaterThanOrEqual(100);
    const within = (from: number, to: number) => inside.some((stay) => from >= stay.from - 1 && to <= stay.to);
    // What changes nothing (from is to) only says how far the channel has come.
    const heard = peer.told("channel:changes").filter(({ channelId, from, to }) => channelId === random && from < to);
    expect(heard.length).toBeGreaterThan(50);
    expect(heard.filter(({ from, to }) => !within(from, to)).map(({ from, to }) => [from, to])).toEqual([]);
    const said = guest.said.flatMap(({ channelId, stored }) => (channelId === random && stored ? [stored] : []));
    expect(said.filter(({ version }) => !within(version - 1, version))).toEqual([]);
  });
});

describe("[F36] a removal whose commit is not answered", () => {
  it("is a removal all the same for whoever is connected", async () => {
    await house.parley.kill();
    await house.parley.start({ env: { FAILPOINTS: "after_transaction_commit=throw@1" } });
    peer.close();
    peer = await connect(house.parley.origin, guest.person.slug, { token: guest.person.token });
    await peer.ask("sync", { cursors: {} });
    expect(await remove(owner)).toMatchObject({ status: 503 });
    expect((await stays()).at(-1)?.to).toBeLessThan(Number.POSITIVE_INFINITY);
    const [speaker] = house.clients.filter((client) => client !== guest);
    speaker?.say(random, "now that they are gone");
    await speaker?.until((client) => client.isDone());
    const { version } = await owner.channel("random");
    expect(peer.told("channel:changes").filter(({ to }) => to === version)).toEqual([]);
  });
});
