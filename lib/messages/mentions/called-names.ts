import { skeletonsOf } from "@/lib/auth/skeleton";
import { wordAt } from "@/lib/messages/mentions/mention-text";
import { placesCalled } from "@/lib/messages/mentions/places-called";

/** A name that a message may call, as append_messages looks it up: whose it is, Postgres knows. */
export interface CalledName {
  /** Which place of the message it stands at; of several names at one place the longest that is somebody's counts. */
  place: number;
  length: number;
  skeleton: string;
}

/** What a message calls: names, and the words "channel" and "here". Null for nobody. */
export interface Called {
  names: CalledName[];
  words: ("channel" | "here")[];
}

/** Whom a body calls. */
export function calledIn(body: string): Called | null {
  const places = placesCalled(body);
  if (places.length === 0) return null;
  const words = (["channel", "here"] as const).filter((word) => places.some((place) => wordAt(place) === word));
  const names = places.flatMap((place, index) =>
    place.names.flatMap((name) =>
      skeletonsKnown(name).map((skeleton): CalledName => ({ place: index, length: name.length, skeleton })),
    ),
  );
  return { names, words };
}

const MOST_KNOWN = 2_000;
const known = new Map<string, string[]>();

/** The same few names are called all day, and what a name looks like takes longer to find out than to remember. */
function skeletonsKnown(name: string): string[] {
  const found = known.get(name) ?? skeletonsOf(name);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, found);
  return found;
}
