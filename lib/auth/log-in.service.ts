import type { AccountView } from "@/lib/auth/account.events";
import { accountForLogIn, accountView } from "@/lib/auth/account.queries";
import { forget, giveBack, take, takeOrRefuse, tooOften } from "@/lib/auth/limits";
import { verifyPassword } from "@/lib/auth/password";
import { hasLoggedInFrom } from "@/lib/auth/session.queries";
import { foldCase } from "@/lib/auth/skeleton";

/**
 * The account with this username or e-mail address and this password, or null. An unknown name and a wrong password
 * get one answer after one and the same work.
 *
 * Guessing is slowed, by address and by account. An account is never locked: beyond its limit one attempt in ten
 * seconds passes, and from an address that it has logged in from before every attempt does.
 *
 * @throws Refusal `rate_limited` with the time to wait
 */
export async function accountByPassword(
  usernameOrEmail: string,
  password: string,
  ipAddress: string,
): Promise<AccountView | null> {
  const name = foldCase(usernameOrEmail);
  // Counted before the password is looked at: a thousand attempts at once are a thousand.
  await takeOrRefuse("log-in failures of an address", ipAddress);
  const found = await accountForLogIn(usernameOrEmail);
  const known = await hasLoggedInFrom(found?.id ?? null, ipAddress);
  if (!known) await slowDown(name);
  if (!(await verifyPassword(found?.password_hash ?? null, password)) || found === null) return null;
  await giveBack("log-in failures of an address", ipAddress);
  await forget("log-in failures of an account", name);
  return accountView(found);
}

async function slowDown(name: string): Promise<void> {
  if ((await take("log-in failures of an account", name)) === 0) return;
  const retryAfterMs = await take("slowed log-ins of an account", name);
  if (retryAfterMs > 0) throw tooOften(retryAfterMs);
}
