/** A small workspace to take pictures of: its people, its channels, and two days of talk. */
export const WORKSPACE = "Harbour Lane";

export const PEOPLE = {
  ada: "Ada",
  brook: "Brook",
  chidi: "Chidi",
  dilnoza: "Dilnoza",
  eyal: "Eyal",
} as const;

export type Person = keyof typeof PEOPLE;

/** The person whose screen is shown. */
export const VIEWER: Person = "ada";

export const CHANNELS = {
  general: "",
  random: "",
  "boat house": "Keys, bookings, repairs",
  "kitchen garden": "What grows, and whose turn it is to water",
  "tide gauge": "Our own water level, measured at the pier",
  website: "harbour-lane.example",
} as const;

export type ChannelName = keyof typeof CHANNELS;

/** The channel in the pictures. */
export const SHOWN: ChannelName = "tide gauge";

interface Said {
  by: Person;
  in: ChannelName;
  /** Days before today, and the time of day in UTC. */
  daysAgo: 1 | 2;
  at: string;
  body: string;
}

const MEDIAN = `Those are **boats passing**, not the tide. The median of five readings takes them out:

\`\`\`ts
/** The water level in centimetres, without the waves of passing boats. */
export function level(readings: number[]): number {
  const last = readings.slice(-5).sort((a, b) => a - b);
  return last[Math.floor(last.length / 2)] ?? 0;
}
\`\`\``;

const BEFORE_AND_AFTER = `With Dilnoza's median they are gone:

- before: 11 cm off at worst
- after: **1.5 cm**`;

const FERRY = `> three spikes around low water

The 06:40 ferry crosses at low water this week. I can note its times on Thursday.`;

/** In the order in which it was said. */
export const TALK: readonly Said[] = [
  { by: "brook", in: "general", daysAgo: 2, at: "08:30", body: "Good morning, everyone" },
  { by: "ada", in: "boat house", daysAgo: 2, at: "09:12", body: "The key is back on its hook." },
  { by: "dilnoza", in: "kitchen garden", daysAgo: 2, at: "10:05", body: "The beans are up 🌱" },
  { by: "chidi", in: "website", daysAgo: 2, at: "11:20", body: "The new map is online." },
  { by: "eyal", in: "random", daysAgo: 2, at: "12:41", body: "Who left a kayak in the meeting room?" },
  {
    by: "ada",
    in: "tide gauge",
    daysAgo: 2,
    at: "16:58",
    body: "The sensor is on the pier, two metres above the mud.",
  },
  { by: "ada", in: "tide gauge", daysAgo: 2, at: "16:59", body: "It reports every ten seconds, to `pier.local:4100`" },
  { by: "brook", in: "tide gauge", daysAgo: 2, at: "17:20", body: "Let us see if it survives the night 🌊" },
  {
    by: "chidi",
    in: "tide gauge",
    daysAgo: 1,
    at: "08:03",
    body: "It did. I plotted it: a smooth curve, but for three spikes around low water.",
  },
  { by: "dilnoza", in: "tide gauge", daysAgo: 1, at: "08:11", body: MEDIAN },
  { by: "eyal", in: "tide gauge", daysAgo: 1, at: "08:16", body: FERRY },
  { by: "chidi", in: "tide gauge", daysAgo: 1, at: "08:31", body: BEFORE_AND_AFTER },
  { by: "ada", in: "tide gauge", daysAgo: 1, at: "08:33", body: "Lovely 🎉 Who writes down how it was built?" },
  { by: "brook", in: "tide gauge", daysAgo: 1, at: "08:40", body: "I will. A draft by Friday, with drawings." },
  { by: "eyal", in: "general", daysAgo: 1, at: "08:42", body: "Supper at seven on Saturday, at my place." },
  { by: "brook", in: "general", daysAgo: 1, at: "08:44", body: "I'll bring bread." },
  { by: "dilnoza", in: "kitchen garden", daysAgo: 1, at: "08:45", body: "Watered. The tap drips again." },
  {
    by: "dilnoza",
    in: "tide gauge",
    daysAgo: 1,
    at: "08:47",
    body: "Then I'll order the second sensor. The same again?",
  },
  { by: "eyal", in: "tide gauge", daysAgo: 1, at: "08:48", body: "The same. We know how it fails 🙂" },
];

/** The message whose thread is shown, found by its beginning. */
export const ANSWERED = "Those are **boats passing**";

export const REPLIES: readonly { by: Person; body: string }[] = [
  { by: "chidi", body: "Five readings are fifty seconds. Is that long enough for the ferry?" },
  { by: "dilnoza", body: "Its waves pass in twenty. I tried `n = 9` too: the curve gets late." },
  { by: "ada", body: "Then five it is. @dilnoza, would you add it to the gauge on **Thursday**?" },
];

export const REACTIONS: readonly { by: Person; emoji: string }[] = [
  { by: "ada", emoji: "🎉" },
  { by: "brook", emoji: "🎉" },
  { by: "eyal", emoji: "🌊" },
];

/** What somebody wrote to the viewer alone. */
export const WRITTEN: readonly { by: Person; body: string }[] = [
  { by: "brook", body: "Shall we row out to the sensor before the tide turns?" },
  { by: "ada", body: "At ten, with the green boat." },
  { by: "brook", body: "I bring the tea ☕" },
];
