import type pg from "pg";
import { v7 } from "uuid";
import { languageOf, type Name, namesOf } from "@/bin/seed/names";
import type { Random } from "@/bin/seed/random";
import type { Language } from "@/bin/seed/sentences";
import { skeletonsOf } from "@/lib/auth/skeleton";
import { pool, transaction } from "@/lib/db/database";

/** The seed's people are known by their e-mail address. RFC 2606 keeps ".invalid" from ever being anybody's domain. */
export const SEED_EMAIL = "@seed.invalid";

export interface Person {
  id: string;
  username: string;
  language: Language;
}

const AT_ONCE = 500;

/** Makes `count` accounts with names that nobody has yet, created at `since`. They have no password. */
export async function makePeople(random: Random, count: number, since: Date): Promise<Person[]> {
  const made: Person[] = [];
  const names = namesOf(random);
  while (made.length < count) {
    const wanted = Array.from({ length: Math.min(AT_ONCE, count - made.length) }, () => names.next().value as Name);
    made.push(...(await transaction((client) => insertFree(client, wanted, since))));
  }
  return made;
}

async function insertFree(client: pg.PoolClient, wanted: Name[], since: Date): Promise<Person[]> {
  // Nobody signs up meanwhile, so a name that is free now still is at the insert below.
  await client.query("LOCK TABLE name_claims IN SHARE ROW EXCLUSIVE MODE");
  const claims = wanted.map(({ username }) => skeletonsOf(username));
  const { rows } = await client.query<{ skeleton: string }>(
    "SELECT skeleton FROM name_claims WHERE skeleton = ANY ($1)",
    [claims.flat()],
  );
  const taken = new Set(rows.map(({ skeleton }) => skeleton));
  const free = wanted
    .map((name, index) => ({ ...name, id: v7({ msecs: since.getTime() }), skeletons: claims[index] ?? [] }))
    .filter(({ skeletons }) => !skeletons.some((skeleton) => taken.has(skeleton)));
  await client.query(
    `INSERT INTO accounts (id, kind, username, display_name, email, created_at)
      SELECT id, 'member', username, display_name, username || $4, $5
      FROM unnest($1::uuid[], $2::text[], $3::text[]) AS person (id, username, display_name)`,
    [
      free.map(({ id }) => id),
      free.map(({ username }) => username),
      free.map(({ displayName }) => displayName),
      SEED_EMAIL,
      since,
    ],
  );
  const rowsOfClaims = free.flatMap(({ id, skeletons }) => skeletons.map((skeleton) => ({ id, skeleton })));
  await client.query("INSERT INTO name_claims (skeleton, account_id) SELECT * FROM unnest($1::text[], $2::uuid[])", [
    rowsOfClaims.map(({ skeleton }) => skeleton),
    rowsOfClaims.map(({ id }) => id),
  ]);
  return free.map(({ id, username }) => ({ id, username, language: languageOf(username) }));
}

/** Everybody in the workspace whom a seed made, this one or an earlier one, oldest first. */
export async function seededPeople(workspaceId: string): Promise<Person[]> {
  const { rows } = await pool().query<{ id: string; username: string }>(
    `SELECT a.id, a.username FROM members m JOIN accounts a ON a.id = m.account_id
      WHERE m.workspace_id = $1 AND a.email LIKE '%' || $2 ORDER BY a.id`,
    [workspaceId, SEED_EMAIL],
  );
  return rows.map((row) => ({ ...row, language: languageOf(row.username) }));
}
