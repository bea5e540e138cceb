import type pg from "pg";
import type { HonestClient, Said } from "@/tests/support/honest-client";

interface Row {
  id: string;
  channel_id: string;
  seq: number;
  version: number;
  author_id: string;
  body: string;
}

interface Place {
  pool: pg.Pool;
  logs: () => string;
}

/** Resolves when every client has its answers and holds each of its channels as the database does. */
export async function allCaughtUp({ pool }: Pick<Place, "pool">, clients: readonly HonestClient[]): Promise<void> {
  await Promise.all(clients.map((client) => client.until((one) => one.isDone())));
  const { rows } = await pool.query<{ id: string; version: number }>("SELECT id, version FROM channels");
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  await Promise.all(
    clients.map((client) =>
      client.until(({ held }) => [...held].every(([id, { version }]) => version >= (versions.get(id) ?? 0))),
    ),
  );
}

/**
 * Compares what was acknowledged, what the database holds and what every client holds. Call it when all have caught up.
 * The numbers are those of the catalogue's invariants.
 */
export async function expectPromisesKept({ pool, logs }: Place, clients: readonly HonestClient[]): Promise<void> {
  const { rows } = await pool.query<Row>(
    "SELECT id, channel_id, seq, version, author_id, body FROM messages ORDER BY channel_id, seq",
  );
  const said = clients.flatMap((client) => client.said);
  expectLogHolds(rows, said);
  await expectNumbered(pool, rows);
  expectRealTimeOrder(said);
  for (const client of clients) {
    expectOwnOrder(client.said);
    expectStateOf(client, rows);
  }
  // I17
  expect(logs()).not.toMatch(/uncaught|unhandled|TypeError|RangeError|"level":60/i);
}

/** I1, I2: what was acknowledged is there as acknowledged; what was refused is not; nothing is there that nobody said. */
function expectLogHolds(rows: Row[], said: Said[]): void {
  const stored = new Map(rows.map((row) => [row.id, row]));
  const bodies = new Map(said.map(({ id, body }) => [id, body]));
  expect(rows.filter(({ id, body }) => bodies.get(id) !== body)).toEqual([]);
  const missing = said.filter((one) => {
    const row = stored.get(one.id);
    return one.stored !== null && (row?.seq !== one.stored.seq || row.channel_id !== one.channelId);
  });
  expect(missing).toEqual([]);
  expect(said.filter(({ id, refused }) => refused !== null && stored.has(id))).toEqual([]);
}

/** I3, I16: 1, 2, 3 … in every channel, and counters that say so. */
async function expectNumbered(pool: pg.Pool, rows: Row[]): Promise<void> {
  const channels = byChannel(rows, (row) => row.channel_id);
  for (const messages of channels.values()) {
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, place) => place + 1));
    expect(new Set(messages.map(({ version }) => version)).size).toBe(messages.length);
  }
  const { rows: counters } = await pool.query<{ id: string; last_seq: number }>("SELECT id, last_seq FROM channels");
  for (const { id, last_seq } of counters) expect(last_seq).toBe(channels.get(id)?.length ?? 0);
}

/** I3: what was answered before another was asked stands before it. */
function expectRealTimeOrder(said: Said[]): void {
  for (const all of byChannel(said, ({ channelId }) => channelId).values()) {
    const answered = all.filter(({ stored }) => stored !== null);
    const asked = answered.toSorted((a, b) => (a.askedAt ?? 0) - (b.askedAt ?? 0));
    const finished = answered.toSorted((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0));
    let highest = 0;
    let done = 0;
    for (const one of asked) {
      for (; (finished[done]?.answeredAt ?? Number.POSITIVE_INFINITY) < (one.askedAt ?? 0); done += 1) {
        highest = Math.max(highest, finished[done]?.stored?.seq ?? 0);
      }
      expect(one.stored?.seq).toBeGreaterThan(highest);
    }
  }
}

/** I3: what one client says in one channel stands in the order of saying. */
function expectOwnOrder(said: Said[]): void {
  for (const all of byChannel(said, ({ channelId }) => channelId).values()) {
    const places = all.flatMap(({ stored }) => stored?.seq ?? []);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
}

/** I4, I5, I7: what a client holds of its channels is what the database holds, applied once and in order. */
function expectStateOf(client: HonestClient, rows: Row[]): void {
  expect(client.breaches).toEqual([]);
  for (const [channelId, { since, messages }] of client.held) {
    const own = [...messages.values()].map(({ id, seq, version, body }) => ({ id, seq, version, body }));
    const wanted = rows
      .filter((row) => row.channel_id === channelId && row.seq > since)
      .map(({ id, seq, version, body }) => ({ id, seq, version, body }));
    expect(own.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0))).toEqual(wanted);
  }
}

function byChannel<T>(all: T[], channelOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(channelOf(one), [...(groups.get(channelOf(one)) ?? []), one]);
  return groups;
}
