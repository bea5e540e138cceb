import { accountsOf, makeChannels, onDatabase } from "@/bench/database";
import type { WireTarget } from "@/bench/load/wire";
import { findGeneral, makeDataFolder, seed, startPeer, startProduct } from "@/bench/product";
import { alternate, type Contender, type Round } from "@/bench/rounds";
import { atLeast, toKnow, type Verdict } from "@/bench/verdict";

const ROOMS = 200;
const PEOPLE = 5;
const WINDOW = 5;
const ROUNDS = 5;
const ROUND_MS = 4_000;

/** Many small rooms at once, where nothing can be merged far: in each one speaks and four listen. */
export async function manyRooms(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  const tokens = await seed(folder.path, { accounts: ROOMS * PEOPLE, channels: 2, messages: 1_000 });
  const product = await startProduct(folder.path, { RATE_LIMITS: "off" });
  const peer = await startPeer();
  try {
    const { slug } = await findGeneral(product.said, tokens[0] ?? "");
    const channels = await onDatabase(folder.path, async (client) => {
      const accounts = await accountsOf(client);
      const members = Array.from({ length: ROOMS }, (_, room) => accounts.slice(room * PEOPLE, (room + 1) * PEOPLE));
      return await makeChannels(client, members);
    });
    const contender = (name: string, { said, pid }: { said: string; pid: number }, namespace: string): Contender => {
      const targets = tokens.map((token, place): WireTarget => {
        return { origin: said, namespace, token, rooms: [channels[Math.floor(place / PEOPLE)] ?? ""] };
      });
      const speaks = (place: number) => place % PEOPLE === 0;
      return {
        name,
        pids: [pid],
        receivers: targets.filter((_, place) => !speaks(place)),
        senders: targets.filter((_, place) => speaks(place)),
        receiversOfEach: PEOPLE - 1,
      };
    };
    const contenders = [contender("parley", product, `/w/${slug}`), contender("bare", peer, "")];
    return verdicts(await alternate(contenders, { rounds: ROUNDS, lasting: ROUND_MS, load: { window: WINDOW } }));
  } finally {
    await Promise.all([product.stop(), peer.stop()]);
    await folder.remove();
  }
}

function verdicts([parley, bare]: Round[]): Verdict[] {
  if (parley === undefined || bare === undefined) return [];
  return [
    toKnow("deliveries a second", parley.deliveriesPerSecond),
    toKnow("deliveries a second, bare", bare.deliveriesPerSecond),
    atLeast(
      "deliveries a second, times the bare server's",
      parley.deliveriesPerSecond / bare.deliveriesPerSecond,
      0.85,
    ),
    toKnow("p50 under that load", parley.p50, "ms"),
    toKnow("p50 under that load, bare", bare.p50, "ms"),
    toKnow("p99 under that load", parley.p99, "ms"),
    toKnow("p99 under that load, bare", bare.p99, "ms"),
    toKnow("CPU of the server for a million deliveries", parley.cpu, "s"),
    toKnow("CPU of the server and Postgres for a million deliveries", parley.cpuWithDatabase, "s"),
    toKnow("CPU for a million deliveries, bare", bare.cpu, "s"),
  ];
}
