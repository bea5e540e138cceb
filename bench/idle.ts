import { setTimeout as wait } from "node:timers/promises";
import { INSPECTED, liveMemory } from "@/bench/heap";
import type { ReceiversCommand, ReceiversReport } from "@/bench/load/receivers";
import type { WireTarget } from "@/bench/load/wire";
import { type Running, startWorker } from "@/bench/processes";
import { findGeneral, makeDataFolder, seed, startPeer, startProduct } from "@/bench/product";
import { atMost, median, toKnow, type Verdict } from "@/bench/verdict";

const CONNECTIONS = 1_000;
const ROUNDS = 3;
const SETTLING_MS = 2_000;

/** What a connection costs that says nothing: the memory of the server with a thousand of them, less that without. */
export async function idle(): Promise<Verdict[]> {
  const folder = await makeDataFolder();
  const tokens = await seed(folder.path, { accounts: CONNECTIONS, channels: 2, messages: 1_000 });
  const product = await startProduct(folder.path, {}, INSPECTED);
  const peer = await startPeer(INSPECTED);
  const holder = startWorker<ReceiversCommand, ReceiversReport>("bench/load/receivers.ts");
  const cost = async (server: Running, namespace: string, room: string): Promise<Cost> => {
    const before = await liveMemory(server);
    const targets = tokens.map((token): WireTarget => ({ origin: server.said, namespace, token, rooms: [room] }));
    await holder.ask({ do: "open", targets });
    await wait(SETTLING_MS);
    const { lost } = await holder.ask({ do: "report" });
    if (lost > 0) throw new Error(`${lost} connections were cut off.`);
    const after = await liveMemory(server);
    await holder.ask({ do: "open", targets: [] });
    await wait(SETTLING_MS);
    const each = (bytes: number) => bytes / CONNECTIONS / 1_024;
    const measured = { live: each(after.live - before.live), resident: each(after.resident - before.resident) };
    process.stdout.write(
      `  ${namespace}: ${measured.live.toFixed(1)} KiB live, ${measured.resident.toFixed(1)} KiB resident\n`,
    );
    return measured;
  };
  try {
    const { slug, channelId } = await findGeneral(product.said, tokens[0] ?? "");
    // The first connections also pay for what is made once.
    await cost(product, `/w/${slug}`, channelId);
    await cost(peer, "", channelId);
    const parley: Cost[] = [];
    const bare: Cost[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      parley.push(await cost(product, `/w/${slug}`, channelId));
      bare.push(await cost(peer, "", channelId));
    }
    return verdicts(parley, bare);
  } finally {
    await holder.stop();
    await Promise.all([product.stop(), peer.stop()]);
    await folder.remove();
  }
}

/** KiB for each connection: objects that live, and what the operating system gave to the process. */
interface Cost {
  live: number;
  resident: number;
}

function verdicts(parley: Cost[], bare: Cost[]): Verdict[] {
  const [own, peer] = [parley, bare].map((costs) => median(costs.map(({ live }) => live)));
  if (own === undefined || peer === undefined) return [];
  return [
    toKnow("memory of an idle connection", own, "KiB"),
    toKnow("memory of an idle connection, bare", peer, "KiB"),
    atMost("memory of an idle connection, times the bare server's", own / peer, 1.5),
  ];
}
