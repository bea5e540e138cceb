import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { COMMON_PASSWORDS } from "@/lib/auth/common-passwords";
import { inHashingQueue } from "@/lib/auth/hashing";
import { foldCase } from "@/lib/auth/skeleton";
import { Refusal } from "@/lib/shared/errors";
import { singleton } from "@/lib/shared/singleton";

/** OWASP's smallest parameters for argon2id, which is the library's default algorithm. Memory in KiB. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** @throws Refusal `invalid` for a password that anybody would try first */
export function checkPassword(password: string, username: string): void {
  const folded = foldCase(password);
  if (folded !== foldCase(username) && !COMMON_PASSWORDS.has(folded) && new Set(folded).size > 2) return;
  const message = "is too easy to guess: choose another";
  throw new Refusal("invalid", `The password ${message}.`, { errors: [{ path: "password", message }] });
}

/** The password's argon2id hash in PHC form. @throws Refusal `rate_limited` */
export async function hashPassword(password: string): Promise<string> {
  return inHashingQueue(() => hash(password.normalize("NFKC"), ARGON2ID));
}

/**
 * Whether the password belongs to the hash. Without a hash the answer is no, after the same work, so that the time it
 * takes does not tell which accounts exist.
 *
 * @throws Refusal `rate_limited`
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const against = passwordHash ?? (await nobodysHash());
  const matches = await inHashingQueue(() => verify(against, password.normalize("NFKC")));
  return matches && passwordHash !== null;
}

function nobodysHash(): Promise<string> {
  return singleton("auth.nobodysHash", () => hash(randomBytes(32), ARGON2ID));
}
