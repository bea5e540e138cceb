import { readOnly } from "@/lib/db/database";
import { type Changes, readChanges, type Span } from "@/lib/messages/changes.queries";
import { singleton } from "@/lib/shared/singleton";

/**
 * What many ask for at the same time is read once.
 *
 * When a server or a network comes back, hundreds of clients hold the same cursors. What changed in a channel from one
 * version to another is the same for everybody who may read it, and never changes: every change is a step of the version.
 */
const FRESH_MS = 1_000;
/** More than this is too much to hold for the next who may come: spans, and characters of one reading. */
const MOST_KEPT = 100;
const LONGEST_KEPT = 256 * 1_024;

interface Seen extends Changes {
  /** The channel's version in the snapshot that this was read from. */
  version: number | undefined;
}

function shared(): Map<string, Promise<Seen>> {
  return singleton("messages.sharedChanges", () => new Map<string, Promise<Seen>>());
}

const keyOf = ({ id, cursor, version }: Span) => `${id} ${cursor} ${version}`;

/**
 * What changed above each cursor, by channel, up to exactly the version named. The caller has made sure in the same
 * snapshot as these versions that the viewer may read the channels.
 * @returns null where a channel has gone on meanwhile: what lies above the version is not the viewer's by that look
 */
export async function shareChanges(spans: readonly Span[]): Promise<Map<string, Changes> | null> {
  const missing = spans.filter((span) => !shared().has(keyOf(span)));
  if (missing.length > 0) share(missing);
  const found = await Promise.all(spans.map((span) => shared().get(keyOf(span))));
  const isExact = spans.every(({ version }, index) => found[index]?.version === version);
  if (!isExact) return null;
  return new Map(
    spans.flatMap(({ id }, index): [string, Changes][] => {
      const changes = found[index];
      return changes === undefined ? [] : [[id, changes]];
    }),
  );
}

/** Reads, and lets others have it from this moment until shortly after. */
function share(spans: readonly Span[]): void {
  const reading = readSeen(spans);
  const forget = () => {
    for (const span of spans) shared().delete(keyOf(span));
  };
  for (const span of spans) {
    shared().set(
      keyOf(span),
      reading.then((seen) => seen.get(span.id) ?? { version: undefined, messages: [], members: [] }),
    );
  }
  reading.then((seen) => {
    if (shared().size > MOST_KEPT || lengthOf(seen) > LONGEST_KEPT) forget();
    else setTimeout(forget, FRESH_MS).unref();
  }, forget);
}

function lengthOf(seen: ReadonlyMap<string, Seen>): number {
  let length = 0;
  for (const { messages } of seen.values()) for (const { body } of messages) length += body.length;
  return length;
}

function readSeen(spans: readonly Span[]): Promise<Map<string, Seen>> {
  return readOnly(async (client) => {
    const { rows } = await client.query<{ id: string; version: number }>(
      "SELECT id, version FROM channels WHERE id = ANY ($1::uuid[])",
      [spans.map(({ id }) => id)],
    );
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    const changes = await readChanges(client, spans);
    return new Map([...changes].map(([id, one]): [string, Seen] => [id, { ...one, version: versions.get(id) }]));
  });
}
