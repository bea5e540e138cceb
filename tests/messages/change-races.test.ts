import type { MessagePage, MessageView } from "@/lib/messages/message.events";
import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { connect, joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

const CAST = ["ada", "brook", "chidi", "dana"];
const CLIENTS = 20;
const ROUNDS = 15;
const EMOJI = ["👍", "🎉", "👀", ":ship:"];

let database: TestDatabase;
const nodes: Parley[] = [];
let cast: Person[];
let channelId: string;

beforeAll(async () => {
  database = await createDatabase();
  const start = () => startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  const [first, second] = [await start(), await start()];
  nodes.push(first, second);
  cast = [];
  for (const name of CAST) cast.push(await joinParley(first.origin, name));
  channelId = (await personAt(0).channel("general")).id;
});
afterAll(async () => {
  for (const node of nodes) await node.stop();
  await database.drop();
});

type Answer = { ok: true; message: MessageView } | { ok: false; error: { code: string } };

function personAt(place: number): Person {
  const person = cast[place % cast.length];
  if (person === undefined) throw new Error("nobody was cast");
  return person;
}

/** What a follower of the contract holds: of each message the highest version that it was told of. */
function heldBy(peer: Peer): Map<string, MessageView> {
  const held = new Map<string, MessageView>();
  for (const { messages } of peer.told("channel:changes")) {
    for (const message of messages) {
      if (message.version > (held.get(message.id)?.version ?? 0)) held.set(message.id, message);
    }
  }
  return held;
}

/** A crowd of clients that all edit, react to and, half-way, delete one message of the first person's. */
async function crowd(origins: string[]) {
  const peers = await Promise.all(
    Array.from({ length: CLIENTS }, (_, place) => {
      const { slug, token } = personAt(place);
      return connect(origins[place % origins.length] ?? "", slug, { token });
    }),
  );
  const [author, another] = peers;
  if (author === undefined || another === undefined) throw new Error("there is no crowd");
  const sent = await author.ask("message:send", { id: newId(), channelId, body: "the first" });
  if (!sent.ok) throw new Error(sent.error.code);
  const { id } = sent.message;
  const answers: { kind: "edit" | "delete" | "react" | "unreact"; answer: Answer }[] = [];
  let midway = 0;
  await Promise.all(
    peers.map(async (peer, place) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const emoji = EMOJI[(place + round) % EMOJI.length] ?? "";
        if (round === Math.floor(ROUNDS / 2)) midway += 1;
        if (midway === CLIENTS / 2 && round === Math.floor(ROUNDS / 2)) {
          answers.push({ kind: "delete", answer: await author.ask("message:delete", { id }) });
        }
        if (personAt(place) === personAt(0)) {
          answers.push({ kind: "edit", answer: await peer.ask("message:edit", { id, body: `${place} in ${round}` }) });
        } else if (round % 3 === 2) {
          answers.push({ kind: "unreact", answer: await peer.ask("reaction:remove", { messageId: id, emoji }) });
        } else {
          answers.push({ kind: "react", answer: await peer.ask("reaction:add", { messageId: id, emoji }) });
        }
      }
    }),
  );
  return { peers, id, sent: sent.message, answers };
}

/** The states that answers tell of, by version; fails where two answers tell of one version differently. */
function statesOf(answers: { answer: Answer }[]): Map<number, MessageView> {
  const states = new Map<number, MessageView>();
  for (const { answer } of answers) {
    if (!answer.ok) continue;
    const { message } = answer;
    expect(states.get(message.version) ?? message).toEqual(message);
    states.set(message.version, message);
  }
  return states;
}

describe.each([
  ["one node", 1],
  ["two nodes", 2],
])("[F31] twenty clients who change one message at once, on %s", (_, count) => {
  let stage: Awaited<ReturnType<typeof crowd>>;
  let page: MessagePage;
  let tombstone: MessageView;

  beforeAll(async () => {
    stage = await crowd(nodes.slice(0, count).map(({ origin }) => origin));
    page = (await personAt(0).rest<MessagePage>("GET", `/channels/${channelId}/messages?limit=1`)).body;
    const [last] = page.messages;
    if (last === undefined) throw new Error("the message is not there");
    tombstone = last;
  });
  afterAll(() => {
    for (const peer of stage.peers) peer.close();
  });

  it("agree on one order, each change of it a step", () => {
    const states = statesOf(stage.answers);
    const versions = [...states.keys()].sort((a, b) => a - b);
    expect(versions).toEqual(versions.map((_, n) => stage.sent.version + 1 + n));
    expect(page.version).toBe(versions.at(-1));
    expect(states.get(page.version)).toEqual(tombstone);
  });

  it("delete it once and for all", () => {
    expect(tombstone).toMatchObject({ id: stage.id, body: "", reactions: [], deletedAt: expect.any(String) });
    expect(tombstone.version).toBe(page.version);
    const refused = stage.answers.flatMap(({ kind, answer }) => (answer.ok ? [] : [`${kind} ${answer.error.code}`]));
    expect(new Set(refused)).toEqual(new Set(["edit not_found", "react not_found"]));
  });

  it("leave nothing behind in any table", async () => {
    const { rows } = await database.pool.query(
      `SELECT (SELECT count(*)::int FROM reactions WHERE message_id = $1) AS reactions,
        (SELECT count(*)::int FROM message_edits WHERE message_id = $1) AS edits,
        (SELECT array_agg(body) FROM messages WHERE id = $1) AS bodies`,
      [stage.id],
    );
    expect(rows).toEqual([{ reactions: 0, edits: 0, bodies: [""] }]);
  });

  it("all end with the same state", async () => {
    for (const peer of stage.peers) {
      const answer = await peer.ask("sync", { cursors: { [channelId]: stage.sent.version } });
      expect(answer).toMatchObject({ channels: { [channelId]: { version: page.version, messages: [tombstone] } } });
      if (count > 1) continue;
      await peer.hears("channel:changes", ({ to }) => to === page.version);
      expect(heldBy(peer).get(stage.id)).toEqual(tombstone);
    }
  });
});

test("followers of one node are told every step of a crowd's changes once, in order", async () => {
  const { peers, sent } = await crowd(nodes.slice(0, 1).map(({ origin }) => origin));
  const { version } = await personAt(0).channel("general");
  for (const peer of peers) {
    await peer.hears("channel:changes", ({ to }) => to === version);
    const changes = peer.told("channel:changes").filter(({ from }) => from >= sent.version);
    let cursor = sent.version;
    for (const { from, to, messages } of changes) {
      expect(from).toBe(cursor);
      expect(messages.at(-1)?.version).toBe(to);
      cursor = to;
    }
    expect(cursor).toBe(version);
    peer.close();
  }
});

test("the reactions that a message carries are those that its rows give, whatever the crowd did", async () => {
  const peers = await Promise.all(
    nodes.flatMap(({ origin }) => cast.map(({ slug, token }) => connect(origin, slug, { token }))),
  );
  const [first] = peers;
  if (first === undefined) throw new Error("there is no crowd");
  const messageId = newId();
  await first.ask("message:send", { id: messageId, channelId, body: "how do you like it?" });
  await Promise.all(
    peers.flatMap((peer, place) =>
      Array.from({ length: 20 }, (_, n) => {
        const emoji = EMOJI[(n * n + place) % EMOJI.length] ?? "";
        return peer.ask(n % 3 === 1 ? "reaction:remove" : "reaction:add", { messageId, emoji });
      }),
    ),
  );
  const { rows } = await database.pool.query<{ emoji: string; account_id: string }>(
    "SELECT emoji, account_id FROM reactions WHERE message_id = $1 ORDER BY version",
    [messageId],
  );
  const given = new Map<string, string[]>();
  for (const { emoji, account_id } of rows) given.set(emoji, [...(given.get(emoji) ?? []), account_id]);
  const page = await first.ask("history", { channelId, limit: 1 });
  expect(page).toMatchObject({
    messages: [{ id: messageId, reactions: [...given].map(([emoji, accountIds]) => ({ emoji, accountIds })) }],
  });
  expect(rows.length).toBeGreaterThan(0);
  for (const peer of peers) peer.close();
});
