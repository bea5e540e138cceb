import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BusyHouse } from "@/tests/support/busy-house";

/** Above any version: what is asked with it is answered by the newest page, read in a transaction of its own. */
const FROM_ANOTHER_LIFE = 1_000_000_000;
const PATIENCE_MS = 300_000;

/**
 * Stalls the event loop for `stallMs` at the begin of each of about `transactions` transactions, which people ask for all
 * at once, and expects that none was mixed with another, none is left open and nothing is lost.
 */
export async function expectNoMixedTransactions(
  house: BusyHouse,
  { stallMs, transactions }: { stallMs: number; transactions: number },
): Promise<void> {
  await house.parley.kill();
  await house.parley.start({ env: { FAILPOINTS: `during_begin=stall:${stallMs}` } });
  house.talk(10);
  const peers = await Promise.all(house.people.map((person) => person.connect()));
  const [general = "", random = ""] = house.channelIds;
  const syncs = Array.from({ length: transactions }, async (_, index) => {
    const socket = peers[index % peers.length]?.socket.timeout(PATIENCE_MS);
    const answer = await untilServed(
      async () => await socket?.emitWithAck("sync", { cursors: { [general]: FROM_ANOTHER_LIFE } }),
      ({ error }) => error?.code === "unavailable",
    );
    expect(answer).toMatchObject({ ok: true, channels: { [general]: { reset: true } } });
  });
  const comings = house.people.slice(1).map(async (person) => {
    const isRefused = ({ status }: { status: number }) => status === 503;
    const members = `/channels/${random}/members`;
    await untilServed(() => person.rest("DELETE", `${members}/${person.account.id}`), isRefused);
    expect(await untilServed(() => person.rest("POST", members, {}), isRefused)).toMatchObject({ status: 200 });
  });
  await Promise.all([...syncs, ...comings]);
  for (const peer of peers) peer.close();
  await house.settle();
  const { rows } = await house.pool.query(
    "SELECT count(*)::int AS open FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'",
  );
  expect(rows).toEqual([{ open: 0 }]);
  expect(await readFile(join(house.parley.dataDir, "postgres.log"), "utf8")).not.toMatch(
    /already a transaction in progress|no transaction in progress|current transaction is aborted/,
  );
}

/** Asks again while the wait for one of the two connections was too long: that is a refusal, and nothing was done. */
async function untilServed<T>(ask: () => Promise<T>, isRefused: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (!isRefused(answer)) return answer;
  }
}
