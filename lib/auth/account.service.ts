import type pg from "pg";
import type { AccountView } from "@/lib/auth/account.events";
import { type AccountRow, accountView, isNameTaken } from "@/lib/auth/account.queries";
import { emailTaken, isEmailClash, nameTaken } from "@/lib/auth/account.refusals";
import type { SignUp, Upgrade } from "@/lib/auth/account.schemas";
import { checkPassword, hashPassword } from "@/lib/auth/password";
import { skeletonsOf } from "@/lib/auth/skeleton";
import { pool, transaction } from "@/lib/db/database";
import { notFound, Refusal } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";

const VIEW = "id, kind, username, display_name";

/**
 * Makes a member's account. It belongs to no workspace yet.
 *
 * @throws Refusal `conflict` for a name or e-mail address that is taken, `invalid` for a weak password, `rate_limited`
 */
export async function createAccount(wanted: Omit<SignUp, "workspaceName">): Promise<AccountView> {
  checkPassword(wanted.password, wanted.username);
  if (await isNameTaken(wanted.username, null)) throw nameTaken("username");
  const displayName = wanted.displayName ?? wanted.username;
  if (await isNameTaken(displayName, null)) throw nameTaken("displayName");
  const passwordHash = await hashPassword(wanted.password);
  return await insertAccount("member", wanted.username, displayName, wanted.email ?? null, passwordHash, "username");
}

/** Makes a guest's account, with nothing but a nickname. @throws Refusal `conflict` for a nickname that is taken */
export async function createGuest(nickname: string): Promise<AccountView> {
  return await insertAccount("guest", nickname, nickname, null, null, "nickname");
}

/**
 * Turns a guest into a member who can log in. The account stays what it was: id, display name, history. The nickname
 * stays claimed, so that nobody else can come as whom the others knew.
 *
 * @throws Refusal `forbidden` for who is no guest; `conflict`, `invalid` and `rate_limited` as at sign-up
 */
export async function upgradeGuest(guest: AccountView, wanted: Upgrade): Promise<AccountView> {
  if (guest.kind !== "guest") throw notAGuest();
  checkPassword(wanted.password, wanted.username);
  if (await isNameTaken(wanted.username, guest.id)) throw nameTaken("username");
  const passwordHash = await hashPassword(wanted.password);
  return await emailChecked(() =>
    transaction(async (client) => {
      const { rows } = await client.query<AccountRow>(
        `UPDATE accounts SET kind = 'member', username = $2, email = $3, password_hash = $4
         WHERE id = $1 AND kind = 'guest' RETURNING ${VIEW}`,
        [guest.id, wanted.username, wanted.email ?? null, passwordHash],
      );
      if (rows[0] === undefined) throw notAGuest();
      await claimName(client, guest.id, wanted.username, "username");
      return accountView(rows[0]);
    }),
  );
}

/** Changes the name that is shown. @throws Refusal `conflict` for one that looks like somebody else's */
export async function changeDisplayName(accountId: string, displayName: string): Promise<AccountView> {
  if (await isNameTaken(displayName, accountId)) throw nameTaken("displayName");
  const { rows } = await pool().query<AccountRow>(
    `UPDATE accounts SET display_name = $2 WHERE id = $1 RETURNING ${VIEW}`,
    [accountId, displayName],
  );
  if (rows[0] === undefined) throw notFound("That account");
  return accountView(rows[0]);
}

async function insertAccount(
  kind: "member" | "guest",
  username: string,
  displayName: string,
  email: string | null,
  passwordHash: string | null,
  nameField: "username" | "nickname",
): Promise<AccountView> {
  const id = newId();
  await emailChecked(() =>
    transaction(async (client) => {
      await client.query(
        `INSERT INTO accounts (id, kind, username, display_name, email, password_hash)
         VALUES ($1, $2::account_kind, $3, $4, $5, $6)`,
        [id, kind, username, displayName, email, passwordHash],
      );
      await claimName(client, id, username, nameField);
    }),
  );
  return { id, kind, username, displayName };
}

/** Claims all that the name looks like, or nothing. What another transaction claims just now is waited for. */
async function claimName(
  client: pg.PoolClient,
  accountId: string,
  name: string,
  field: "username" | "nickname",
): Promise<void> {
  const skeletons = skeletonsOf(name);
  await client.query(
    `INSERT INTO name_claims (skeleton, account_id)
     SELECT skeleton, $2 FROM unnest($1::text[]) WITH ORDINALITY AS claim (skeleton, place) ORDER BY place
     ON CONFLICT (skeleton) DO NOTHING`,
    [skeletons, accountId],
  );
  const { rowCount } = await client.query("SELECT FROM name_claims WHERE skeleton = ANY($1) AND account_id = $2", [
    skeletons,
    accountId,
  ]);
  if (rowCount !== skeletons.length) throw nameTaken(field);
}

async function emailChecked<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isEmailClash(error) ? emailTaken() : error;
  }
}

function notAGuest(): Refusal {
  return new Refusal("forbidden", "This account has a password already: only a guest's account can be upgraded.");
}
