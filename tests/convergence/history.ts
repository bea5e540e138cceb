import { z } from "zod";

/**
 * What a run leaves behind: one JSON line for everything that a client asked, was answered or was told, for every
 * fault, and for what stood in the end. `t` is a monotonic clock in milliseconds, common to all lines.
 */
const t = z.number();
const channel = z.string();

/** One message as somebody saw it. `digest` covers all of it, `body` what was said, `canaries` whatever shows of it. */
export const itemSchema = z.object({
  id: z.string(),
  ch: channel,
  seq: z.int(),
  version: z.int(),
  author: z.string(),
  digest: z.string(),
  body: z.string(),
  deleted: z.boolean(),
  reactions: z.array(z.string()),
  canaries: z.array(z.string()),
  /** When the database last stamped it, in wall-clock milliseconds. */
  stampedAt: z.number(),
});
export type Item = z.output<typeof itemSchema>;

const OPERATIONS = [
  "send",
  "edit",
  "delete",
  "react",
  "pin",
  "unpreview",
  "read",
  "page",
  "sync",
  "join",
  "kick",
  "revoke",
] as const;
export type Operation = (typeof OPERATIONS)[number];

const runSchema = z.object({
  kind: z.literal("run"),
  t,
  run: z.string(),
  seed: z.int(),
  nodes: z.int(),
  /** The wall clock at `t`. */
  at: z.number(),
  /** How long a client waits for an answer at most. */
  patienceMs: z.number(),
});

const clientSchema = z.object({ kind: z.literal("client"), t, client: z.string(), account: z.string() });

/** One attempt: a request resent under the same id is one logical operation with several of these. */
const invokeSchema = z.object({
  kind: z.literal("invoke"),
  t,
  n: z.int(),
  client: z.string(),
  account: z.string(),
  session: z.string(),
  /** The connection that carried it; null over HTTP. */
  link: z.string().nullable(),
  op: z.enum(OPERATIONS),
  ch: channel.optional(),
  /** The message. */
  id: z.string().optional(),
  body: z.string().optional(),
  canary: z.string().optional(),
  /** A reaction as it stands in an item's `reactions`, and whether it is put or taken. */
  reaction: z.string().optional(),
  put: z.boolean().optional(),
  /** Who joins or is removed, or the session that is revoked. */
  subject: z.string().optional(),
  /** A page: whether the newest was asked for. */
  newest: z.boolean().optional(),
  cursors: z.record(channel, z.int()).optional(),
});
export type Invoke = z.output<typeof invokeSchema>;

const sightSchema = z.object({
  version: z.int(),
  items: z.array(itemSchema),
  reset: z.boolean().optional(),
  /** How many comings and goings a sync told. */
  members: z.int().optional(),
});

/** `ok` took effect, `fail` has none, `info`: nobody knows. */
const endSchema = z.object({
  kind: z.enum(["ok", "fail", "info"]),
  t,
  n: z.int(),
  code: z.string().optional(),
  item: itemSchema.optional(),
  /** What a page or a sync showed, by channel. */
  sights: z.record(channel, sightSchema).optional(),
  left: z.array(channel).optional(),
});
export type End = z.output<typeof endSchema>;

const linkSchema = z.object({
  kind: z.literal("link"),
  t,
  client: z.string(),
  session: z.string(),
  link: z.string(),
  state: z.enum(["up", "down"]),
  epoch: z.string().optional(),
});

/** `channel:changes` as it came off the wire. */
const liveSchema = z.object({
  kind: z.literal("live"),
  t,
  client: z.string(),
  session: z.string(),
  link: z.string(),
  ch: channel,
  from: z.int(),
  to: z.int(),
  items: z.array(itemSchema),
  members: z.int(),
});
export type Live = z.output<typeof liveSchema>;

const headsSchema = z.object({
  kind: z.literal("heads"),
  t,
  client: z.string(),
  link: z.string(),
  versions: z.record(channel, z.int()),
});

/** What a client took into its state: a first cursor, a range of changes, or the end of following. */
const applySchema = z.object({
  kind: z.literal("apply"),
  t,
  client: z.string(),
  ch: channel,
  what: z.enum(["start", "changes", "reset", "stop"]),
  from: z.int(),
  to: z.int(),
});
export type Apply = z.output<typeof applySchema>;

const faultSchema = z.object({
  kind: z.literal("fault"),
  t,
  f: z.int(),
  phase: z.enum(["start", "stop"]),
  fault: z.string(),
  on: z.string(),
});

const healedSchema = z.object({ kind: z.literal("healed"), t });
const probeSchema = z.object({ kind: z.literal("probe"), t, client: z.string(), ch: channel, id: z.string() });

const memberChangeSchema = z.object({ version: z.int(), account: z.string(), role: z.string().nullable() });

/** A whole channel at the end: asked for by a fresh client, and read from the tables. */
const finalSchema = z.object({
  kind: z.literal("final"),
  t,
  source: z.enum(["fetch", "sql"]),
  ch: channel,
  epoch: z.string(),
  lastSeq: z.int(),
  version: z.int(),
  items: z.array(itemSchema),
  members: z.array(z.string()),
  changes: z.array(memberChangeSchema),
  /** SHA-256 of what was first sent, by message, where the source has it. */
  firstBodies: z.record(z.string(), z.string()).optional(),
});
export type Final = z.output<typeof finalSchema>;

/** What a client that lived through the run holds of a channel at the end. */
const stateSchema = z.object({
  kind: z.literal("state"),
  t,
  client: z.string(),
  ch: channel,
  version: z.int(),
  items: z.array(itemSchema),
  /** The run of messages is expected to reach the newest one. */
  reachesEnd: z.boolean(),
  unsent: z.array(z.string()),
  /** What its list of channels says, where it keeps one. */
  list: z.object({ lastSeq: z.int(), memberCount: z.int() }).optional(),
});

/** A number that is stored, and the same number counted anew. */
const auditSchema = z.object({
  kind: z.literal("audit"),
  t,
  what: z.string(),
  ch: channel.optional(),
  stored: z.number(),
  counted: z.number(),
});

/** Canaries found where text of any kind is kept or printed. */
const scanSchema = z.object({ kind: z.literal("scan"), t, place: z.string(), canaries: z.array(z.string()) });

const serverSchema = z.object({
  kind: z.literal("server"),
  t,
  node: z.int(),
  what: z.enum(["start", "exit", "fault"]),
  expected: z.boolean(),
  line: z.string(),
});

export const entrySchema = z.discriminatedUnion("kind", [
  runSchema,
  clientSchema,
  invokeSchema,
  endSchema,
  linkSchema,
  liveSchema,
  headsSchema,
  applySchema,
  faultSchema,
  healedSchema,
  probeSchema,
  finalSchema,
  stateSchema,
  auditSchema,
  scanSchema,
  serverSchema,
]);
export type Entry = z.output<typeof entrySchema>;

export type OfKind<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

export function isKind<K extends Entry["kind"]>(entry: Entry, kind: K): entry is OfKind<K> {
  return entry.kind === kind;
}

/** All lines of some kind, in the order recorded. */
export function linesOf<K extends Entry["kind"]>(history: readonly Entry[], kind: K): OfKind<K>[] {
  return history.filter((entry): entry is OfKind<K> => isKind(entry, kind));
}

/** Reads a recorded history. @throws ZodError naming what is no line of one */
export function parseHistory(text: string): Entry[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => entrySchema.parse(JSON.parse(line)));
}
