import { setTimeout as wait } from "node:timers/promises";
import { auditTables, dumpTables, fetchChannels, scanForWords } from "@/tests/convergence/run/finals";
import type { House } from "@/tests/convergence/run/house";
import { type Stage, words } from "@/tests/convergence/run/operations";
import type { Recorder } from "@/tests/convergence/run/recorder";

/** What a server prints when nobody handled a fault, with the lines after it. */
const SERVER_FAULT = /^.*(?:uncaughtException|unhandledRejection|UnhandledPromiseRejection)(?:.*\n?){1,12}/m;

/** Each client says one more thing in each of its channels: it must arrive soon, and shows up every gap above it. */
export function probe({ clients, recorder, random, company }: Stage): void {
  for (const client of clients) {
    const channels = new Set([company.channels.general, ...client.following()]);
    for (const ch of channels) {
      const id = client.say(ch, words(random));
      if (ch === company.channels.general) recorder.write({ kind: "probe", client: client.client, ch, id });
    }
  }
}

/** Waits until nobody has anything to send or to catch up with; what is late by then is for the checker to find. */
export async function everybodyLevel({ pool }: House, { clients }: Stage, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const { rows } = await pool.query<{ ch: string; version: number; account: string }>(
      `SELECT id AS ch, version, account_id AS account FROM channels JOIN channel_members ON channel_id = id`,
    );
    const level = clients.every((client) => {
      const own = rows.filter(({ account }) => account === client.account);
      const held = new Map(client.states().map((state) => [state.ch, state]));
      return (
        client.unsent() === 0 &&
        own.every(({ ch, version }) => client.cursor(ch) === version && (held.get(ch)?.version ?? 0) >= version) &&
        own.every(({ ch }) => held.get(ch)?.reachesEnd === true)
      );
    });
    if (level) return;
    await wait(100);
  }
}

/** Waits for the last answers; a request that has none by then never ends. */
export async function everyRequestEnded(recorder: Recorder, patienceMs: number): Promise<void> {
  const until = performance.now() + 2 * patienceMs;
  while (recorder.unanswered() > 0 && performance.now() < until) await wait(50);
}

/** Writes down what is served and stored in the end, and what the servers printed. */
export async function writeEnd({ nodes, pool }: House, { company, recorder }: Stage): Promise<void> {
  const [ada] = company.people;
  if (ada === undefined) throw new Error("Nobody is there.");
  await fetchChannels(ada, recorder, pool);
  await dumpTables(recorder, pool);
  await auditTables(recorder, pool);
  const logs = nodes.map((node) => node.logs());
  await scanForWords(recorder, pool, logs.join("\n"));
  for (const [index, log] of logs.entries()) {
    const line = SERVER_FAULT.exec(log)?.[0];
    if (line !== undefined)
      recorder.write({ kind: "server", node: index + 1, what: "fault", expected: false, line: line.slice(0, 2_000) });
  }
}
