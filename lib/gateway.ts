import type { Server as HttpServer, IncomingMessage, ServerResponse } from "node:http";
import { Server } from "socket.io";
import { overHttps } from "@/lib/auth/cookies";
import { liveSessions } from "@/lib/auth/session.queries";
import { liveTokens } from "@/lib/auth/token.queries";
import { viewerFromHeaders, viewerFromToken } from "@/lib/auth/viewer";
import { readHandler, unreadHandler } from "@/lib/channels/channel.handlers";
import { readArrivals, readableChannels, readOwnChannel, readVersions } from "@/lib/channels/channel.queries";
import { readEpoch } from "@/lib/db/life";
import { turnAway } from "@/lib/http/entrance";
import { isOwnOrigin } from "@/lib/http/origin";
import { setSecurityHeaders } from "@/lib/http/security-headers";
import {
  addReactionHandler,
  deleteHandler,
  editHandler,
  pinHandler,
  removePreviewsHandler,
  removeReactionHandler,
  sendHandler,
  syncHandler,
  unpinHandler,
} from "@/lib/messages/message.handlers";
import { storePreviews } from "@/lib/messages/message.service";
import { readMissed } from "@/lib/messages/missed.queries";
import { internet } from "@/lib/messages/previews/network";
import { startPreviews } from "@/lib/messages/previews/preview-queue";
import { setPresenceHandler } from "@/lib/presence/presence.handlers";
import { greet, onlineAccounts, startPresence } from "@/lib/presence/presence.service";
import { closeHandler, openHandler, typingHandler } from "@/lib/presence/typing.handlers";
import { startTyping } from "@/lib/presence/typing.service";
import { boundWriteBuffers } from "@/lib/realtime/backpressure";
import { joinCluster } from "@/lib/realtime/cluster";
import { sweepCredentials } from "@/lib/realtime/credential-sweep";
import { bindHandlers, type Handler } from "@/lib/realtime/handle";
import { guard } from "@/lib/realtime/handshake";
import { publishHeads } from "@/lib/realtime/heads";
import { io, type ParleyNamespace, type ParleyServer, type ParleySocket } from "@/lib/realtime/io";
import { enterRooms } from "@/lib/realtime/membership";
import { revocationsSoFar } from "@/lib/realtime/revoke";
import { credentialRoom, namespaceOf } from "@/lib/realtime/rooms";
import { watchDatabase } from "@/lib/realtime/watch";
import { saveHandler, unsaveHandler } from "@/lib/saved/saved.handlers";
import { log } from "@/lib/shared/log";
import { settings } from "@/lib/shared/settings";
import {
  followThreadHandler,
  historyHandler,
  listThreadsHandler,
  readThreadHandler,
} from "@/lib/threads/thread.handlers";
import { allWorkspaceSlugs, findWorkspace, wantsPreviews } from "@/lib/workspaces/workspace.queries";

/** Every request that a workspace's namespace answers. */
const HANDLERS: ReadonlyMap<string, Handler> = new Map(
  [
    sendHandler,
    editHandler,
    deleteHandler,
    addReactionHandler,
    removeReactionHandler,
    removePreviewsHandler,
    historyHandler,
    syncHandler,
    readHandler,
    listThreadsHandler,
    followThreadHandler,
    readThreadHandler,
    unreadHandler,
    pinHandler,
    unpinHandler,
    saveHandler,
    unsaveHandler,
    openHandler,
    closeHandler,
    typingHandler,
    setPresenceHandler,
  ].map((one): [string, Handler] => [one.event, one]),
);

/** How connections are checked against what they came in by. */
const LOOKUPS = { liveSessions, liveTokens };

const HEADS_EVERY_MS = 15_000;
const SWEEP_EVERY_MS = 5_000;

/**
 * Puts the realtime side on an HTTP server: a namespace for each workspace, the same guard before all of them.
 * @returns stops its timers and closes every connection
 */
export async function openGateway(httpServer: HttpServer): Promise<() => Promise<void>> {
  const epoch = await readEpoch();
  const server: ParleyServer = new Server(httpServer, {
    transports: settings().polling ? ["websocket", "polling"] : ["websocket"],
    // Forgets a namespace that was made only to refuse somebody.
    cleanupEmptyChildNamespaces: true,
    connectTimeout: 10_000,
    destroyUpgrade: false,
    maxHttpBufferSize: 64 * 1024,
    perMessageDeflate: false,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    serveClient: false,
  });
  boundWriteBuffers(server.engine);
  // At every request, where `allowRequest` would be asked at the first one of a connection only.
  server.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    setSecurityHeaders(request, response, { https: overHttps(), dev: false });
    const { origin, host } = request.headers;
    if (origin === undefined || isOwnOrigin(origin, host, settings().publicUrl)) next();
    else turnAway(response, { status: 403, reason: "This Origin is not Parley's." });
  });

  const { redisUrl } = settings();
  const leaveCluster = redisUrl === null ? null : joinCluster(redisUrl, epoch);

  const doorkeepers = guard({ viewerFromToken, viewerFromHeaders, findWorkspace });
  const open = (namespace: ParleyNamespace) => {
    namespace.use(doorkeepers);
    namespace.on("connection", (socket) => welcome(socket, epoch));
  };
  io().server = server;
  io().readMissed = readMissed;
  io().online = onlineAccounts;
  io().openNamespace = (slug) => {
    if (!server._nsps.has(namespaceOf(slug))) open(server.of(namespaceOf(slug)));
  };
  // "/" and whatever else is asked for has the same guard, which knows no workspace of that name.
  open(server.of("/"));
  open(server.of((_name, _auth, decide) => decide(null, true)));
  for (const slug of await allWorkspaceSlugs()) io().openNamespace(slug);

  const heads = setInterval(publishHeads, HEADS_EVERY_MS).unref();
  const sweep = setInterval(() => void sweepCredentials(LOOKUPS), SWEEP_EVERY_MS).unref();
  const endWatch = leaveCluster === null ? null : watchDatabase({ readVersions, readArrivals, readOwnChannel });
  startTyping();
  const endPresence = startPresence();
  const endPreviews = startPreviews({ network: internet, isWanted: wantsPreviews, store: storePreviews });
  return async () => {
    endPresence();
    endPreviews();
    clearInterval(heads);
    clearInterval(sweep);
    endWatch?.();
    await server.close();
    leaveCluster?.();
  };
}

function welcome(socket: ParleySocket, epoch: string): void {
  const { viewer, workspace, revocationsSeen } = socket.data;
  log().debug({ socketId: socket.id, accountId: viewer.account.id, slug: workspace.slug }, "connected");
  socket.on("disconnect", (reason) => log().debug({ socketId: socket.id, reason }, "disconnected"));
  socket.emit("hello", { epoch, account: viewer.account, serverTime: new Date().toISOString() });
  greet(socket);
  socket.join(credentialRoom(viewer.via));
  if (revocationsSeen !== revocationsSoFar()) void sweepCredentials(LOOKUPS);
  socket.data.joined = enterRooms(socket, () => readableChannels(viewer, workspace.id));
  socket.data.joined.catch((error: unknown) => {
    log().error({ err: error, socketId: socket.id }, "a connection could not enter its rooms; it will come back");
    socket.disconnect(true);
  });
  bindHandlers(socket, HANDLERS);
}
