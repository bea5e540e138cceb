import { createHash } from "node:crypto";
import type { TokenView } from "@/lib/auth/account.events";
import type { AccountRow } from "@/lib/auth/account.queries";
import { pool, prisma } from "@/lib/db/database";
import { GroupStatement } from "@/lib/db/group-statement";
import { singleton } from "@/lib/shared/singleton";

/** What is kept of a token's secret. It has 256 random bits, so a plain hash cannot be searched. */
export function hashOfSecret(secret: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(secret).digest();
}

const LIVE = `
  FROM tokens t JOIN accounts a ON a.id = t.account_id
  WHERE t.revoked_at IS NULL AND a.deactivated_at IS NULL`;

interface TokenOwner extends AccountRow {
  token_id: string;
  stale: boolean;
  hash: string;
}

interface OwnedToken {
  tokenId: string;
  account: AccountRow;
  stale: boolean;
}

/** The live token with this secret, its account, and whether its `lastUsedAt` is over a minute old; else null. */
export function accountOfToken(secret: string): Promise<OwnedToken | null> {
  return singleton("auth.tokenOwners", () => new GroupStatement(readTokenOwners)).of(hashOfSecret(secret));
}

async function readTokenOwners(hashes: Buffer[]): Promise<(OwnedToken | null)[]> {
  const { rows } = await pool().query<TokenOwner>({
    name: "account_of_token",
    text: `SELECT a.id, a.kind, a.username, a.display_name, t.id AS token_id, encode(t.secret_hash, 'hex') AS hash,
            coalesce(t.last_used_at < now() - interval '1 minute', true) AS stale
     ${LIVE} AND t.secret_hash = ANY ($1::bytea[])`,
    values: [hashes],
  });
  const owners = new Map(rows.map((row) => [row.hash, { tokenId: row.token_id, account: row, stale: row.stale }]));
  return hashes.map((hash) => owners.get(hash.toString("hex")) ?? null);
}

/** Which of these tokens still are live. */
export async function liveTokens(ids: string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>(`SELECT t.id ${LIVE} AND t.id = ANY($1::uuid[])`, [ids]);
  return new Set(rows.map((row) => row.id));
}

export function tokenView(row: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }): TokenView {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

/** The account's tokens, newest first, without their secrets. */
export async function tokensOf(accountId: string): Promise<TokenView[]> {
  const rows = await prisma().token.findMany({ where: { accountId, revokedAt: null }, orderBy: { id: "desc" } });
  return rows.map(tokenView);
}
