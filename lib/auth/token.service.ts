import { randomBytes } from "node:crypto";
import type { TokenView } from "@/lib/auth/account.events";
import { hashOfSecret, tokenView } from "@/lib/auth/token.queries";
import { pool, prisma } from "@/lib/db/database";
import { GroupStatement } from "@/lib/db/group-statement";
import { disconnectToken } from "@/lib/realtime/revoke";
import { notFound } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

/** Makes a personal access token. The secret is in this answer and nowhere else, ever again. */
export async function createToken(accountId: string, name: string): Promise<{ token: TokenView; secret: string }> {
  const secret = `parley_${randomBytes(32).toString("base64url")}`;
  const row = await prisma().token.create({ data: { id: newId(), accountId, name, secretHash: hashOfSecret(secret) } });
  return { token: tokenView(row), secret };
}

/** Ends one of the account's own tokens, and its connections with it. @throws Refusal `not_found` for another's, or one that has ended */
export async function revokeToken(id: string, accountId: string): Promise<void> {
  const { count } = await prisma().token.updateMany({
    where: { id, accountId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw notFound("That token");
  disconnectToken(id);
}

/** Notes that the token is in use. A database that cannot write just now must not stop people from reading. */
export async function noteTokenUsed(id: string): Promise<void> {
  await singleton("auth.tokensUsed", () => new GroupStatement(writeTokensUsed))
    .of(id)
    .catch((error: unknown) => log().warn({ err: error }, "a token's last use was not noted"));
}

async function writeTokensUsed(ids: string[]): Promise<true[]> {
  await pool().query("UPDATE tokens SET last_used_at = now() WHERE id = ANY ($1::uuid[])", [ids]);
  return ids.map(() => true);
}
