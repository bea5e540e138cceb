import { v7 } from "uuid";
import { bodyOf } from "@/bin/seed/body";
import type { Person } from "@/bin/seed/people";
import { randomOf } from "@/bin/seed/random";
import { moments } from "@/bin/seed/times";

export interface SeedMessage {
  id: string;
  authorId: string;
  body: string;
  createdAt: number;
}

/** Where the talk of a channel goes on. Times are milliseconds since 1970. */
export interface Stretch {
  channel: { id: string; name: string };
  people: readonly Person[];
  count: number;
  from: number;
  to: number;
}

/** How often the one who spoke last goes on speaking. */
const GOES_ON = 0.35;
/** How often people write in their own language where many meet; otherwise they write English. */
const IN_OWN_LANGUAGE = 0.5;

/**
 * Makes up what is said in a channel, oldest first, with ids in the order of the messages. Who speaks and what they say
 * is the same for the same seed and people. Few people say most of it, as everywhere.
 */
export function* conversation(seed: number, { channel, people, count, from, to }: Stretch): Generator<SeedMessage> {
  const random = randomOf(seed, `talk in ${channel.name}`);
  let author = random.pick(people);
  let index = 0;
  for (const createdAt of moments(seed, `times in ${channel.name}`, count, from, to)) {
    if (!random.chance(GOES_ON)) author = people[Math.floor(random.next() ** 2 * people.length)] ?? author;
    const language = random.chance(IN_OWN_LANGUAGE) ? author.language : "en";
    yield {
      id: v7({ msecs: createdAt, seq: index }),
      authorId: author.id,
      body: bodyOf(random, language),
      createdAt,
    };
    index += 1;
  }
}
