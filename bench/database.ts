import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { v7 } from "uuid";
import { micros } from "@/bench/clock";
import type { Histogram } from "@/bench/histogram";
import { runningDatabase } from "@/bin/seed/running-database";

/** Runs `work` on a connection to the embedded Postgres of a running Parley. */
export async function onDatabase<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(await runningDatabase(dataDir));
  await client.connect();
  return await work(client).finally(() => client.end());
}

/** The accounts behind the seed's tokens, in the same order. */
export async function accountsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ account_id: string }>(
    "SELECT t.account_id FROM tokens t ORDER BY t.created_at, t.id",
  );
  return rows.map(({ account_id }) => account_id);
}

/**
 * Makes private channels with these members, who must not be connected yet: nobody is told.
 * @returns their ids
 */
export async function makeChannels(client: pg.Client, members: readonly (readonly string[])[]): Promise<string[]> {
  const ids = members.map(() => v7());
  await client.query(
    `INSERT INTO channels (id, workspace_id, kind, name, name_key, member_count)
      SELECT id, (SELECT id FROM workspaces LIMIT 1), 'private', id::text, id::text, size
      FROM unnest($1::uuid[], $2::integer[]) AS made (id, size)`,
    [ids, members.map(({ length }) => length)],
  );
  await client.query(
    `INSERT INTO channel_members (channel_id, account_id, read_seq)
      SELECT channel_id, account_id, 0 FROM unnest($1::uuid[], $2::uuid[]) AS seat (channel_id, account_id)`,
    [ids.flatMap((id, index) => (members[index] ?? []).map(() => id)), members.flat()],
  );
  return ids;
}

/**
 * Commits single rows for a while: what the disk and Postgres take for one, whoever asks.
 * @param apart how long it rests after each, in ms: on a machine that has slept meanwhile, everything takes longer
 */
export async function probeCommits(dataDir: string, lasting: number, apart: number, times: Histogram): Promise<void> {
  await onDatabase(dataDir, async (client) => {
    await client.query("CREATE TABLE IF NOT EXISTS bench_probe (at bigint)");
    for (const until = micros() + lasting * 1_000; micros() < until; ) {
      const began = micros();
      await client.query({ name: "probe", text: "INSERT INTO bench_probe VALUES ($1)", values: [began] });
      times.record(micros() - began);
      if (apart > 0) await wait(apart);
    }
  });
}
