import { createHash } from "node:crypto";
import { RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/db/database";
import { Refusal } from "@/lib/shared/errors";
import { settings } from "@/lib/shared/settings";
import { singleton } from "@/lib/shared/singleton";

/** How often something may be done: `points` times in `duration` seconds. Kept in Postgres, so restarts forget nothing. */
const LIMITS = {
  "log-in failures of an address": { points: 100, duration: 15 * 60 },
  "log-in failures of an account": { points: 10, duration: 15 * 60 },
  "slowed log-ins of an account": { points: 1, duration: 10 },
  "sign-ups of an address": { points: 300, duration: 60 * 60 },
  "guests of an address": { points: 300, duration: 60 * 60 },
} as const;

type LimitName = keyof typeof LIMITS;

function limiter(name: LimitName): RateLimiterPostgres {
  return singleton(
    `auth.limiter.${name}`,
    () =>
      new RateLimiterPostgres({
        storeClient: pool(),
        storeType: "pool",
        tableName: "rate_limits",
        tableCreated: true,
        keyPrefix: name,
        ...LIMITS[name],
      }),
  );
}

/** Whoever is counted, in a fixed length: what is typed into a name field may be long, and is nobody's business. */
function keyOf(whom: string): string {
  return createHash("sha256").update(whom).digest("base64url");
}

/** By its shape, because the limiter may have been made by another copy of its module. */
function isRefusedByLimiter(thrown: unknown): thrown is RateLimiterRes {
  return typeof thrown === "object" && thrown !== null && "msBeforeNext" in thrown;
}

/** Counts one for `whom`. @returns 0, or the milliseconds to wait if the limit is passed */
export async function take(name: LimitName, whom: string): Promise<number> {
  if (!settings().rateLimits) return 0;
  try {
    await limiter(name).consume(keyOf(whom));
    return 0;
  } catch (refused) {
    if (isRefusedByLimiter(refused)) return Math.max(refused.msBeforeNext, 1_000);
    throw refused;
  }
}

/** Counts one for `whom`. @throws Refusal `rate_limited` with the time to wait, if the limit is passed */
export async function takeOrRefuse(name: LimitName, whom: string): Promise<void> {
  const retryAfterMs = await take(name, whom);
  if (retryAfterMs > 0) throw tooOften(retryAfterMs);
}

/** Takes back what was counted for an attempt that turned out right. */
export async function giveBack(name: LimitName, whom: string): Promise<void> {
  if (settings().rateLimits) await limiter(name).reward(keyOf(whom));
}

/** Forgets all that was counted for `whom`. */
export async function forget(name: LimitName, whom: string): Promise<void> {
  if (settings().rateLimits) await limiter(name).delete(keyOf(whom));
}

export function tooOften(retryAfterMs: number): Refusal {
  const seconds = Math.ceil(retryAfterMs / 1000);
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new Refusal("rate_limited", `Too many attempts. Try again in ${wait}.`, { retryAfterMs });
}
