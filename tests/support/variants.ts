/**
 * Every place of the sources that a test has otherwise, in one file: when a source changes under an anchor, the build
 * of the variant says so, and this is where to follow.
 */
import type { Replacement } from "@/tests/support/server-variant";

const LOG = "lib/messages/log/log.ts";
const COMMIT = "lib/messages/log/commit.ts";
const PUBLISH = "lib/realtime/publish.ts";
const FOLLOWING = "lib/realtime/following.ts";
const GATEWAY = "lib/gateway.ts";
const DATABASE = "lib/db/database.ts";

const COMMITTING = "const outcomes = await measureCommit(all.length, () => twice(() => statement.commit(all)));";
const POOL_MADE = "const made = new pg.Pool({ ...LIMITS, ...config.current });";
const EMITTING = 'emitToChannel(place.slug, channelId, { event: "channel:changes", fact: changes });';

/** The server with all failpoints; tests/support/failpoint.ts says how FAILPOINTS arms them. */
export const WITH_FAILPOINTS: readonly Replacement[] = [
  {
    file: LOG,
    find: COMMITTING,
    replace: `
      await failpoint("before_commit");
      const committing = measureCommit(all.length, () => twice(() => statement.commit(all)));
      committing.catch(() => undefined);
      await failpoint("during_statement");
      const outcomes = await committing;
      await failpoint("after_commit_before_ack");`,
  },
  {
    file: PUBLISH,
    find: "setImmediate(() => {",
    replace: 'setImmediate(async () => {\n    await failpoint("after_ack_before_fanout");',
  },
  {
    // Half of a room has heard it, and the other half has not.
    file: FOLLOWING,
    find: EMITTING,
    replace: `
      const namespace = workspaceNamespace(place.slug);
      const room = [...(namespace?.adapter.rooms.get(channelRoom(channelId)) ?? [])];
      if (isArmed("mid_fanout")) {
        room.forEach((id, place) => {
          if (place === Math.ceil(room.length / 2)) failpointNow("mid_fanout");
          namespace?.sockets.get(id)?.emit("channel:changes", changes);
        });
      } else ${EMITTING}`,
  },
  {
    // Transactions of all modules, those of Next's bundle too: they share this pool.
    file: DATABASE,
    find: POOL_MADE,
    replace: `${POOL_MADE}
    made.on("connect", (client) => {
      const query = client.query.bind(client);
      client.query = (...args) => {
        const text = typeof args[0] === "string" ? args[0] : "";
        if (text.startsWith("BEGIN")) {
          client.writes = !text.includes("READ ONLY");
          const begun = query(...args);
          failpointNow("during_begin");
          return begun;
        }
        if (text !== "COMMIT" || !client.writes) return query(...args);
        return (async () => {
          await failpoint("before_transaction_commit");
          const committed = await query(...args);
          await failpoint("after_transaction_commit");
          return committed;
        })();
      };
    });`,
  },
  {
    file: "server.ts",
    find: "sayClosing();\n    await writeLaneIdle();",
    replace: 'sayClosing();\n    await failpoint("during_drain");\n    await writeLaneIdle();',
  },
  {
    file: "lib/db/migrate.ts",
    find: "await client.query(sql);",
    replace: 'await client.query(sql);\n    await failpoint("mid_migration");',
  },
];

/** A pool of two connections, in which a leaked or shared one shows at once. */
export const SMALL_POOL: Replacement = {
  file: DATABASE,
  find: "max: 10,",
  replace: "max: 2,",
};

/**
 * Beats once a second, so that dead lines and lost last events are noticed in seconds instead of half a minute, and
 * prints "lost a connection: why" when it has noticed.
 */
export const QUICK_PULSE: readonly Replacement[] = [
  { file: GATEWAY, find: "pingInterval: 20_000,", replace: "pingInterval: 1_000," },
  { file: GATEWAY, find: "pingTimeout: 15_000,", replace: "pingTimeout: 1_500," },
  { file: GATEWAY, find: "const HEADS_EVERY_MS = 15_000;", replace: "const HEADS_EVERY_MS = 1_000;" },
  {
    file: GATEWAY,
    find: "bindHandlers(socket, HANDLERS);",
    replace: `bindHandlers(socket, HANDLERS);
      socket.on("disconnect", (why) => process.stdout.write("lost a connection: " + why + "\\n"));`,
  },
];

/** Waits two seconds instead of ten for a connection to say to which workspace it wants. */
export const QUICK_HANDSHAKE: readonly Replacement[] = [
  { file: GATEWAY, find: "connectTimeout: 10_000,", replace: "connectTimeout: 2_000," },
];

/** Servers that break a promise each: what watches over the promises must find every one of them out. */
export const SABOTAGE = {
  /** Acknowledges and publishes, and commits a moment later: a crash between the two loses what was acknowledged. */
  ackBeforeCommit: [
    {
      file: COMMIT,
      find: "const { rows } = await pool().query<AppendedRow>(statement);",
      replace: `
        const client = await pool().connect();
        await client.query("BEGIN");
        const { rows } = await client.query<AppendedRow>(statement);`,
    },
    {
      file: COMMIT,
      find: 'return rows.map((row) =>\n    row.outcome === "stored"',
      replace: `
        setTimeout(() => client.query("COMMIT").finally(() => client.release()), 250);
        return rows.map((row) => row.outcome === "stored"`,
    },
  ],
  /** A repeated id is stored again, under an id of the server's. */
  noDedupe: [
    {
      file: "lib/messages/message.service.ts",
      find: "return (await readOwnMessage(viewer, input.id)) ?? newMessageView(sent, { ...appended, version: 0 });",
      replace: `{
        const again = { ...sent, id: crypto.randomUUID() };
        return newMessageView(again, await append(again));
      }`,
    },
  ],
  /** Events of one channel overtake each other. */
  unorderedFanout: [
    { file: FOLLOWING, find: EMITTING, replace: `setTimeout(() => ${EMITTING.slice(0, -1)}, Math.random() * 40);` },
  ],
  /** Every tenth event is lost, and the next one claims to follow what was before it. */
  hiddenGap: [
    {
      file: FOLLOWING,
      find: EMITTING,
      replace: `
        globalThis.counted = (globalThis.counted ?? 0) + 1;
        globalThis.lostFrom ??= new Map();
        const from = globalThis.lostFrom.get(changes.channelId) ?? changes.from;
        globalThis.lostFrom.delete(changes.channelId);
        if (globalThis.counted % 10 === 0) globalThis.lostFrom.set(changes.channelId, from);
        else emitToChannel(place.slug, channelId, { event: "channel:changes", fact: { ...changes, from } });`,
    },
  ],
  /** Whoever is removed from a channel goes on hearing it for some seconds. */
  stalePermission: [
    {
      file: GATEWAY,
      find: 'namespace.on("connection", (socket) => welcome(socket, epoch));',
      replace: `namespace.on("connection", (socket) => {
        const leave = socket.leave.bind(socket);
        socket.leave = (room) => void setTimeout(leave, 5_000, room);
        welcome(socket, epoch);
      });`,
    },
  ],
  /** Socket.IO's own recovery puts a returning connection back into rooms that it may not be in any more. */
  recoveryOn: [
    {
      file: GATEWAY,
      find: "connectTimeout: 10_000,",
      replace: "connectTimeout: 10_000, connectionStateRecovery: { maxDisconnectionDuration: 120_000 },",
    },
  ],
  /** A session or token that has ended keeps its connections. */
  neverRevoke: [
    {
      file: GATEWAY,
      find: 'namespace.on("connection", (socket) => welcome(socket, epoch));',
      replace: `namespace.on("connection", (socket) => {
        socket.disconnect = () => socket;
        welcome(socket, epoch);
      });`,
    },
  ],
} satisfies Record<string, readonly Replacement[]>;
