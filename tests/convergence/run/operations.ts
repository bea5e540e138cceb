import { randomBytes } from "node:crypto";
import type { Random } from "@/bin/seed/random";
import type { Client } from "@/tests/convergence/run/client";
import type { Company } from "@/tests/convergence/run/people";
import { restRequest } from "@/tests/convergence/run/recorded-rest";
import type { Asker, Recorder } from "@/tests/convergence/run/recorder";
import type { Person } from "@/tests/support/peer";

/** What the operations of a run know of it. */
export interface Stage {
  company: Company;
  clients: Client[];
  recorder: Recorder;
  random: Random;
  patienceMs: number;
  /** The latest messages that were sent, to be edited, deleted and reacted to. */
  recent: { id: string; ch: string; author: string }[];
}

interface OperationRow {
  name: string;
  /** How often it comes up beside the others. */
  weight: number;
  act: (stage: Stage, client: Client) => Promise<void>;
}

const MOST_RECENT = 60;
const MOST_UNSENT = 12;
const EMOJI = ["👍", "🎉", "⚓"];
const WORDS = ["tide", "rope", "lantern", "buoy", "keel", "gull", "fog", "harbour", "anchor", "oar"];

/** Something to say that nobody said before, and that can be found wherever it shows. */
export function words(random: Random): string {
  const said = Array.from({ length: 1 + random.below(6) }, () => random.pick(WORDS)).join(" ");
  return `${said} canary-${randomBytes(6).toString("hex")}`;
}

/** Everything that random clients do. A new kind of request is a new row. */
export const OPERATIONS: readonly OperationRow[] = [
  {
    name: "send",
    weight: 40,
    act: async (stage, client) => speak(stage, client, 1),
  },
  {
    name: "send a burst",
    weight: 3,
    act: async (stage, client) => speak(stage, client, 5),
  },
  {
    name: "send something else under a taken id",
    weight: 2,
    act: async (stage, client) => {
      const taken = someMessage(stage, () => true);
      if (taken !== null)
        await client.ask("message:send", { id: taken.id, channelId: taken.ch, body: words(stage.random) });
    },
  },
  {
    name: "edit",
    weight: 8,
    act: async (stage, client) => {
      const own = someMessage(stage, ({ author }) => author === client.account);
      if (own !== null) await client.ask("message:edit", { id: own.id, body: words(stage.random) });
    },
  },
  {
    name: "edit somebody else's",
    weight: 1,
    act: async (stage, client) => {
      const other = someMessage(stage, ({ author }) => author !== client.account);
      if (other !== null) await client.ask("message:edit", { id: other.id, body: words(stage.random) });
    },
  },
  {
    name: "delete",
    weight: 4,
    act: async (stage, client) => {
      const own = someMessage(stage, ({ author }) => author === client.account);
      if (own !== null) await client.ask("message:delete", { id: own.id });
    },
  },
  {
    name: "react",
    weight: 10,
    act: async (stage, client) => {
      const any = someMessage(stage, () => true);
      const event = stage.random.chance(0.7) ? "reaction:add" : "reaction:remove";
      if (any !== null) await client.ask(event, { messageId: any.id, emoji: stage.random.pick(EMOJI) });
    },
  },
  { name: "read", weight: 6, act: (stage, client) => client.markRead(someChannel(stage, client)) },
  { name: "scroll", weight: 6, act: (stage, client) => client.scroll(someChannel(stage, client)) },
  {
    name: "read the newest",
    weight: 5,
    act: async (stage, client) => {
      await client.ask("history", { channelId: anyChannel(stage), limit: 50 });
    },
  },
  {
    name: "sync",
    weight: 3,
    act: async (_stage, client) => {
      const cursors = client.following().flatMap((ch) => {
        const cursor = client.cursor(ch);
        return cursor === null ? [] : [[ch, cursor] as const];
      });
      await client.ask("sync", { cursors: Object.fromEntries(cursors) });
    },
  },
  {
    name: "join",
    weight: 5,
    act: async (stage, client) => {
      await join(stage, client, stage.company.channels.open);
    },
  },
  {
    name: "leave",
    weight: 2,
    act: async (stage, client) => {
      if (client.person !== owner(stage)) await remove(stage, client, client.person, stage.company.channels.open);
    },
  },
  {
    name: "remove somebody",
    weight: 2,
    act: async (stage) => {
      const [ada, ...others] = stage.company.people;
      const { open, closed } = stage.company.channels;
      if (ada !== undefined)
        await remove(stage, askerOf(ada), stage.random.pick(others), stage.random.pick([open, closed]));
    },
  },
  {
    name: "invite somebody",
    weight: 4,
    act: async (stage) => {
      const { people, channels } = stage.company;
      await invite(stage, stage.random.pick(people.slice(1)), stage.random.pick([channels.open, channels.closed]));
    },
  },
];

/** One of the table, by weight. */
export function pickOperation(random: Random, table: readonly OperationRow[] = OPERATIONS): OperationRow {
  let left = random.next() * table.reduce((sum, { weight }) => sum + weight, 0);
  return (
    table.find(({ weight }) => {
      left -= weight;
      return left < 0;
    }) ?? random.pick(table)
  );
}

/** Who asks over HTTP by a person's own token, beside any client. */
export function askerOf(person: Person): Asker & { person: Person } {
  return { client: `${person.account.username} by hand`, account: person.account.id, session: "by hand", person };
}

export async function remove(stage: Stage, by: Asker & { person: Person }, removed: Person, ch: string): Promise<void> {
  const { id } = removed.account;
  const call = { method: "DELETE", path: `/channels/${ch}/members/${id}`, token: by.person.token };
  await restRequest(door(stage, by.person), withAccount(by), { op: "kick", ch, subject: id }, call);
}

export async function invite(stage: Stage, invited: Person, ch: string): Promise<void> {
  const ada = owner(stage);
  const accountIds = [invited.account.id];
  const call = { method: "POST", path: `/channels/${ch}/members`, body: { accountIds }, token: ada.token };
  await restRequest(door(stage, ada), askerOf(ada), { op: "join", ch, subject: invited.account.id }, call);
}

async function join(stage: Stage, client: Client, ch: string): Promise<void> {
  const call = { method: "POST", path: `/channels/${ch}/members`, body: {}, token: client.person.token };
  await restRequest(door(stage, client.person), withAccount(client), { op: "join", ch, subject: client.account }, call);
}

/** HTTP goes the way of one of the person's clients, so that faults meet it too. */
function door({ clients, recorder, patienceMs }: Stage, person: Person) {
  const near = clients.find((client) => client.person === person) ?? clients[0];
  return { origin: near?.proxy.origin ?? "", recorder, patienceMs };
}

/** A token is not the client's own session: it goes on where that is revoked. */
function withAccount({ client, account }: Asker): Asker {
  return { client, account, session: "by hand" };
}

function owner({ company }: Stage): Person {
  const [ada] = company.people;
  if (ada === undefined) throw new Error("Nobody is there.");
  return ada;
}

/** Nobody goes on talking for ever while nothing gets through. */
function speak(stage: Stage, client: Client, times: number): void {
  if (client.unsent() > MOST_UNSENT) return;
  const ch = someChannel(stage, client);
  for (let said = 0; said < times; said += 1) remember(stage, client.say(ch, words(stage.random)), ch, client);
}

/** Mostly one that the client follows; now and then one that it may not be in. */
function someChannel(stage: Stage, client: Client): string {
  const own = client.following();
  return own.length > 0 && stage.random.chance(0.95) ? stage.random.pick(own) : anyChannel(stage);
}

function anyChannel({ company: { channels }, random }: Stage): string {
  return random.pick([channels.general, channels.open, channels.closed]);
}

function someMessage({ recent, random }: Stage, fits: (message: Stage["recent"][number]) => boolean) {
  const fitting = recent.filter(fits);
  return fitting.length === 0 ? null : random.pick(fitting);
}

function remember({ recent, recorder }: Stage, id: string, ch: string, { account }: Client): void {
  recorder.place(id, ch);
  recent.push({ id, ch, author: account });
  if (recent.length > MOST_RECENT) recent.shift();
}
