import { io, type Socket } from "socket.io-client";
import { micros } from "@/bench/clock";
import { createHistogram } from "@/bench/histogram";
import { findGeneral, makeDataFolder, seed, startProduct } from "@/bench/product";
import { atMost, median, toKnow, type Verdict } from "@/bench/verdict";
import type { ClientToServer, ServerToClient } from "@/lib/events";

const MESSAGES = 1_000_000;
const ROUNDS = 5;
const PAGES = 2_000;
const WARM_UP_PAGES = 300;
/** Pages are asked for at places spread over this many messages, so that not one page alone is measured. */
const SPREAD = 5_000;

type Client = Socket<ServerToClient, ClientToServer>;

/** A page of 50 at the depth of the millionth message, against the newest pages, asked for in turn over one socket. */
export async function history(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  const [token = ""] = await seed(folder.path, { accounts: 50, channels: 1, messages: MESSAGES });
  const product = await startProduct(folder.path);
  const { slug, channelId } = await findGeneral(product.said, token);
  const client: Client = io(`${product.said}/w/${slug}`, { auth: { token }, transports: ["websocket"] });
  try {
    await measure(client, channelId, WARM_UP_PAGES);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(client, channelId, PAGES));
    const of = (figure: (round: Round) => number) => median(rounds.map(figure));
    return [
      toKnow(
        "newest page, p50",
        of(({ newest }) => newest.p50),
        "ms",
      ),
      toKnow(
        "page at the millionth message, p50",
        of(({ deepest }) => deepest.p50),
        "ms",
      ),
      toKnow(
        "newest page, p99",
        of(({ newest }) => newest.p99),
        "ms",
      ),
      toKnow(
        "page at the millionth message, p99",
        of(({ deepest }) => deepest.p99),
        "ms",
      ),
      atMost(
        "p99, times the newest page's",
        of(({ newest, deepest }) => deepest.p99 / newest.p99),
        1.5,
      ),
    ];
  } finally {
    client.close();
    await product.stop();
    await folder.remove();
  }
}

interface Times {
  p50: number;
  p99: number;
}
type Round = { newest: Times; deepest: Times };

async function measure(client: Client, channelId: string, pages: number): Promise<Round> {
  const newest = createHistogram();
  const deepest = createHistogram();
  for (let page = 0; page < pages; page += 1) {
    const offset = Math.floor(Math.random() * SPREAD);
    newest.record(await timeOf(client, channelId, MESSAGES + 1 - offset));
    deepest.record(await timeOf(client, channelId, 51 + offset));
  }
  const times = (histogram: typeof newest) => ({ p50: histogram.quantile(0.5), p99: histogram.quantile(0.99) });
  return { newest: times(newest), deepest: times(deepest) };
}

async function timeOf(client: Client, channelId: string, before: number): Promise<number> {
  const began = micros();
  const answer = await client.timeout(5_000).emitWithAck("history", { channelId, before, limit: 50 });
  const took = micros() - began;
  if (!answer.ok) throw new Error(answer.error.message);
  if (answer.messages.at(-1)?.seq !== before - 1 || answer.messages.length !== 50)
    throw new Error("A wrong page came.");
  return took;
}
