import { io, type Socket } from "socket.io-client";
import { micros } from "@/bench/clock";
import { createHistogram, type Histogram } from "@/bench/histogram";
import { findGeneral, makeDataFolder, seed, startPeer, startProduct } from "@/bench/product";
import { atMost, median, toKnow, type Verdict } from "@/bench/verdict";
import type { ClientToServer, ServerToClient } from "@/lib/events";

const SIZES = [100_000, 1_000_000];
/** How far back, as a share of the channel. */
const DEPTHS = [0, 0.1, 0.5, 1];
const ROUNDS = 5;
const PAGES = 1_000;
const WARM_UP_PAGES = 300;
const PAGE = 50;
/** Pages are asked for at places spread over this many messages, so that not one page alone is measured. */
const SPREAD = 5_000;

type Client = Socket<ServerToClient, ClientToServer>;

/** Pages of 50 from all depths of a channel of 100,000 and of 1,000,000 messages, asked for in turn over one socket. */
export async function history(): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const size of SIZES) verdicts.push(...(await historyOf(size)));
  return verdicts;
}

async function historyOf(size: number): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  const [token = ""] = await seed(folder.path, { accounts: 50, channels: 1, messages: size });
  const product = await startProduct(folder.path);
  const peer = await startPeer();
  const { slug, channelId } = await findGeneral(product.said, token);
  const client = connect(`${product.said}/w/${slug}`, token);
  const bareClient = connect(peer.said, token);
  const asked = { client, bareClient, channelId, size };
  try {
    await playRound(asked, WARM_UP_PAGES);
    const rounds: Times[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await playRound(asked, PAGES));
    return verdictsOf(size, rounds);
  } finally {
    client.close();
    bareClient.close();
    await Promise.all([product.stop(), peer.stop()]);
    await folder.remove();
  }
}

function connect(address: string, token: string): Client {
  return io(address, { auth: { token }, transports: ["websocket"] });
}

interface Asked {
  client: Client;
  bareClient: Client;
  channelId: string;
  size: number;
}

interface Times {
  p50: number;
  p99: number;
}

/** One page of each depth and one of the bare server, by turns. @returns the times of each depth, the bare one's last */
async function playRound({ client, bareClient, channelId, size }: Asked, pages: number): Promise<Times[]> {
  const depths = DEPTHS.map(createHistogram);
  const bare = createHistogram();
  for (let page = 0; page < pages; page += 1) {
    for (const [index, depth] of DEPTHS.entries()) {
      const place = depth * (size - SPREAD - PAGE) + Math.floor(Math.random() * SPREAD);
      depths[index]?.record(await timeOfPage(client, channelId, size + 1 - Math.floor(place)));
    }
    const began = micros();
    await bareClient.timeout(5_000).emitWithAck("history", { channelId });
    bare.record(micros() - began);
  }
  const times = (histogram: Histogram) => ({ p50: histogram.quantile(0.5), p99: histogram.quantile(0.99) });
  return [...depths, bare].map(times);
}

async function timeOfPage(client: Client, channelId: string, before: number): Promise<number> {
  const began = micros();
  const answer = await client.timeout(5_000).emitWithAck("history", { channelId, before, limit: PAGE });
  const took = micros() - began;
  if (!answer.ok) throw new Error(answer.error.message);
  if (answer.messages.at(-1)?.seq !== before - 1 || answer.messages.length !== PAGE)
    throw new Error("A wrong page came.");
  return took;
}

function verdictsOf(size: number, rounds: Times[][]): Verdict[] {
  const of = (place: number, figure: keyof Times) =>
    median(rounds.map((round) => round[place]?.[figure] ?? Number.NaN));
  const channel = `of ${size.toLocaleString("en")}`;
  const deepest = DEPTHS.length - 1;
  const ratio = median(rounds.map((round) => (round[deepest]?.p99 ?? Number.NaN) / (round[0]?.p99 ?? Number.NaN)));
  return [
    ...DEPTHS.flatMap((depth, place) => [
      toKnow(`page ${channel} at depth ${depth * 100} %, p50`, of(place, "p50"), "ms"),
      toKnow(`page ${channel} at depth ${depth * 100} %, p99`, of(place, "p99"), "ms"),
    ]),
    toKnow("a page of the bare server's memory, p50", of(DEPTHS.length, "p50"), "ms"),
    toKnow("a page of the bare server's memory, p99", of(DEPTHS.length, "p99"), "ms"),
    atMost(`p99 ${channel} at depth 100 %, times that at depth 0 %`, ratio, 1.3),
  ];
}
