import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { Server } from "socket.io";
import { type Socket as Client, io as dial } from "socket.io-client";
import type { ChannelChanges, MessageView } from "@/lib/messages/message.events";
import { catchUpTo, enterRoom, takeChanges } from "@/lib/realtime/following";
import { io, type ParleyServer, type ParleySocket } from "@/lib/realtime/io";
import { accountRoom } from "@/lib/realtime/rooms";
import { newId } from "@/lib/shared/ids";

/** One node's sockets, and a log that other nodes write: ada always reads, brook comes and goes. */
const SLUG = "harbour";
const WORKSPACE = newId();
const ADA = newId();
const BROOK = newId();

const http = createServer();
const server: ParleyServer = new Server(http, { transports: ["websocket"] });
const sockets = new Map<string, ParleySocket>();
const clients = new Map<string, Client>();
const heard = new Map<string, { event: string; fact: ChannelChanges }[]>();

beforeAll(async () => {
  io().server = server;
  server.of(`/w/${SLUG}`).on("connection", (socket) => {
    const accountId = String(socket.handshake.auth.account);
    socket.data.workspace = { id: WORKSPACE, slug: SLUG };
    socket.join(accountRoom(accountId));
    sockets.set(accountId, socket);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  for (const account of [ADA, BROOK]) {
    const client = dial(`http://127.0.0.1:${port}/w/${SLUG}`, { transports: ["websocket"], auth: { account } });
    client.onAny((event: string, fact: ChannelChanges) => heard.get(account)?.push({ event, fact }));
    clients.set(account, client);
    await new Promise<void>((connected) => client.once("connect", connected));
  }
});
afterAll(async () => {
  for (const client of clients.values()) client.close();
  await server.close();
});

/** A channel's life: each step is a message, or brook coming or going. */
type Step = "message" | "toggle";

function logOf(channelId: string, steps: readonly Step[]): ChannelChanges[] {
  let isMember = false;
  return steps.map((step, at) => {
    const version = at + 1;
    const change = { channelId, from: at, to: version, messages: [] as MessageView[] };
    if (step === "message") return { ...change, messages: [messageOf(channelId, version)] };
    isMember = !isMember;
    return { ...change, members: [{ accountId: BROOK, role: isMember ? "member" : null }] };
  });
}

function messageOf(channelId: string, version: number): MessageView {
  const at = "2026-11-25T09:00:00.000Z";
  return {
    ...{ id: newId(), channelId, seq: version, version, threadId: null, threadSeq: null, authorId: ADA },
    ...{ body: `said at ${version}`, createdAt: at, editedAt: null, deletedAt: null, reactions: [], attachments: [] },
    ...{ replyCount: 0, lastReplyAt: null, mentions: [], pinnedAt: null, pinnedBy: null, previews: [] },
  };
}

/** Whether brook is a member at a version. */
function memberAt(log: readonly ChannelChanges[], version: number): boolean {
  return log.slice(0, version).filter(({ members }) => members !== undefined).length % 2 === 1;
}

function ownSocket(accountId: string): ParleySocket {
  const socket = sockets.get(accountId);
  if (socket === undefined) throw new Error("The node has no such connection.");
  return socket;
}

/** Lets the node hear `arriving` of a log in that order, then look into the log as its watch does. */
async function follow(log: readonly ChannelChanges[], arriving: readonly ChannelChanges[]): Promise<void> {
  const channelId = log[0]?.channelId ?? newId();
  io().readMissed = async (_channel, above) => ({
    version: log.length,
    members: log.slice(above).flatMap(({ members = [] }) => members),
    runs: log.slice(above),
  });
  for (const account of [ADA, BROOK]) heard.set(account, []);
  enterRoom(ownSocket(ADA), channelId, 0);
  for (const changes of arriving) takeChanges(SLUG, changes);
  await catchUpTo(channelId, log.length);
  await Promise.all([ADA, BROOK].map(markEnd));
  for (const account of [ADA, BROOK]) ownSocket(account).leave(`channel:${channelId}`);
}

/** Resolves when everything that was sent to an account so far has arrived. */
async function markEnd(accountId: string): Promise<void> {
  const arrived = new Promise<void>((seen) => clients.get(accountId)?.once("hello", () => seen()));
  const account = { id: accountId, kind: "member" as const, username: "x", displayName: "x" };
  ownSocket(accountId).emit("hello", { epoch: "", account, serverTime: "" });
  await arrived;
}

const changesHeard = (accountId: string) =>
  (heard.get(accountId) ?? []).filter(({ event }) => event === "channel:changes").map(({ fact }) => fact);

const steps = fc.array(fc.constantFrom<Step>("message", "message", "toggle"), { minLength: 1, maxLength: 14 });
/** Which changes arrive, in which order: any order, some twice, some never. */
const arrivals = fc.array(fc.nat(13), { maxLength: 24 });

test("[G4] whatever is lost, doubled or overtaken between nodes, a reader is told every version once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(steps, arrivals, async (life, order) => {
      const log = logOf(newId(), life);
      await follow(
        log,
        order.flatMap((at) => log[at] ?? []),
      );
      const told = changesHeard(ADA);
      expect(told.map(({ from }) => from)).toEqual([0, ...told.slice(0, -1).map(({ to }) => to)]);
      expect(told.at(-1)?.to).toBe(log.length);
      expect(told.flatMap(({ messages }) => messages.map(({ version }) => version))).toEqual(
        log.flatMap(({ messages }) => messages.map(({ version }) => version)),
      );
    }),
    { numRuns: 150 },
  );
});

test("[G5] and the removed hear nothing from above their removal until they are let in again", async () => {
  await fc.assert(
    fc.asyncProperty(steps, arrivals, async (life, order) => {
      const log = logOf(newId(), life);
      await follow(
        log,
        order.flatMap((at) => log[at] ?? []),
      );
      for (const { messages } of changesHeard(BROOK))
        for (const { version } of messages) expect([version, memberAt(log, version)]).toEqual([version, true]);
    }),
    { numRuns: 150 },
  );
});

test("[G4] where too much was missed to be told, the rooms are put right and the readers are told to ask", async () => {
  const channelId = newId();
  for (const account of [ADA, BROOK]) heard.set(account, []);
  enterRoom(ownSocket(ADA), channelId, 0);
  enterRoom(ownSocket(BROOK), channelId, 0);
  io().readMissed = async () => ({ version: 900, members: [{ accountId: BROOK, role: null }], runs: null });
  await catchUpTo(channelId, 900);
  await Promise.all([ADA, BROOK].map(markEnd));
  expect(heard.get(ADA)?.[0]).toEqual({ event: "channel:heads", fact: { versions: { [channelId]: 900 } } });
  expect(heard.get(BROOK)?.map(({ event }) => event)).toEqual(["channel:left", "hello"]);
});
