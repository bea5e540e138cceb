import { isIP } from "node:net";
import { z } from "zod";
import { singleton } from "@/lib/shared/singleton";

const onOff = z.enum(["on", "off"], "must be on or off").transform((value) => value === "on");

const urlOf = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
    );

function isAddressOrRange(entry: string): boolean {
  const [address = "", length, ...more] = entry.split("/");
  if (isIP(address) === 0 || more.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (isIP(address) === 6 ? 128 : 32));
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a number from 0 to 65535")
  .transform(Number)
  .refine((value) => value <= 65_535, "must be a number from 0 to 65535");

/** Addresses and ranges of addresses, as 10.0.0.0/8, with commas between. */
const addresses = z
  .string()
  .transform((value) => value.split(",").map((entry) => entry.trim()))
  .refine(
    (entries) => entries.every(isAddressOrRange),
    "must be addresses or ranges like 10.0.0.0/8, with commas between",
  );

/** Every setting, by the name it has in the environment. An empty value counts as unset. */
const environmentSchema = z.object({
  PORT: port.default(3000),
  HOST: z.string().default("0.0.0.0"),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: urlOf("postgres:", "postgresql:").optional(),
  REDIS_URL: urlOf("redis:", "rediss:").optional(),
  PUBLIC_URL: urlOf("http:", "https:")
    // The checks after one that failed run all the same, on what may be no URL.
    .refine((value) => !URL.canParse(value) || new URL(value).pathname === "/", "must have no path")
    .transform((value) => new URL(value).origin)
    .optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  POLLING: onOff.default(false),
  SMTP_URL: urlOf("smtp:", "smtps:").optional(),
  S3_ENDPOINT: urlOf("http:", "https:").optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  RATE_LIMITS: onOff.default(true),
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be one of fatal, error, warn, info, debug, trace, silent",
    )
    .default("info"),
  TRUSTED_PROXIES: addresses.default([]),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  ALLOW_UNSAFE_DB: z.enum(["0", "1"], "must be 0 or 1").default("0"),
});

export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  redisUrl: string | null;
  /** The origin that people type, without a trailing slash; null: taken from the request's Host. */
  publicUrl: string | null;
  /** Null until boot has read or made the one kept in dataDir. */
  authSecret: string | null;
  polling: boolean;
  rateLimits: boolean;
  logLevel: z.output<typeof environmentSchema>["LOG_LEVEL"];
  /** The proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** What opens /metrics to others than this machine; null: nothing does. */
  metricsToken: string | null;
  allowUnsafeDatabase: boolean;
}

/** A setting that stops the start: `message` is the one line to print. */
export class BadSetting extends Error {}

const names = Object.keys(environmentSchema.shape);
const OWN_PREFIX = /^(?:PARLEY|S3|SMTP)_/;
const bare = (name: string) => name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");

/** The setting that `name` was probably meant to be: the same letters but for case, signs, or one letter. */
function meantBy(name: string): string | undefined {
  const given = bare(name);
  return names.find((known) => {
    const wanted = bare(known);
    if (wanted.length < 7) return false;
    return given === wanted || isOneLetterOff(given, wanted);
  });
}

function isOneLetterOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}

/**
 * Reads the settings from an environment.
 *
 * The environment of a process is full of strangers, so a name counts as an unknown setting only if it carries one
 * of our prefixes or is a slip of the pen away from a setting.
 *
 * @throws BadSetting naming the first setting that is unknown or malformed
 */
export function parseSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const meant = meantBy(name);
    if (meant !== undefined) throw new BadSetting(`Unknown setting ${name}: did you mean ${meant}?`);
    if (OWN_PREFIX.test(name))
      throw new BadSetting(`Unknown setting ${name}: docs/operations.md lists the known ones.`);
  }
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new BadSetting(`Bad setting ${issue?.path.join(".")}: ${issue?.message}.`);
  }
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    publicUrl: env.PUBLIC_URL ?? null,
    authSecret: env.AUTH_SECRET ?? null,
    polling: env.POLLING,
    rateLimits: env.RATE_LIMITS,
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUSTED_PROXIES,
    metricsToken: env.METRICS_TOKEN ?? null,
    allowUnsafeDatabase: env.ALLOW_UNSAFE_DB === "1",
  };
}

/** The settings of this process, parsed once. @throws BadSetting */
export function settings(): Settings {
  return singleton("settings", () => parseSettings(process.env));
}

/** The secret that signs sessions. Boot sets it before anything is served. @throws when boot has not */
export function authSecret(): string {
  const secret = settings().authSecret;
  if (secret === null) throw new Error("The auth secret was asked for before boot made it.");
  return secret;
}
