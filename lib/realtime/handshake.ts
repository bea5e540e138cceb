import type { IncomingHttpHeaders } from "node:http";
import type { Viewer } from "@/lib/auth/account.events";
import type { ParleySocket, SocketData } from "@/lib/realtime/io";
import { revocationsSoFar } from "@/lib/realtime/revoke";
import { accountRoom, slugOf } from "@/lib/realtime/rooms";
import { type ErrorCode, errorBody, Refusal } from "@/lib/shared/errors";
import { log } from "@/lib/shared/log";

/** What the gateway lends the handshake, so that the engine knows of no feature. */
export interface Doorkeepers {
  viewerFromToken: (secret: string) => Promise<Viewer | null>;
  viewerFromHeaders: (headers: IncomingHttpHeaders) => Promise<Viewer | null>;
  /** The workspace, if the viewer is a member of it. */
  findWorkspace: (viewer: Viewer, slug: string) => Promise<SocketData["workspace"] | null>;
}

/** Connections that one account may hold at a time. */
const MOST_CONNECTIONS = 50;

/**
 * Socket.IO runs this once for every connection to a namespace. A refusal reaches the client as a `connect_error`
 * whose `data.code` is one of the codes of the contract.
 */
export function guard(doorkeepers: Doorkeepers) {
  return (socket: ParleySocket, next: (error?: Error) => void): void => {
    admit(doorkeepers, socket).then(
      () => next(),
      (error: unknown) => {
        const { code, message } = errorBody(error);
        if (code === "unavailable") log().error({ err: error, socketId: socket.id }, "a handshake failed");
        else
          log().info(
            { socketId: socket.id, namespace: socket.nsp.name.slice(0, 60), code },
            "a connection was refused",
          );
        next(new HandshakeRefused(message, { code }));
      },
    );
  };
}

/** Socket.IO sends `message` and `data` of the error that a middleware passes on. */
class HandshakeRefused extends Error {
  constructor(
    message: string,
    readonly data: { code: ErrorCode },
  ) {
    super(message);
  }
}

async function admit({ viewerFromToken, viewerFromHeaders, findWorkspace }: Doorkeepers, socket: ParleySocket) {
  socket.data.revocationsSeen = revocationsSoFar();
  const { auth, headers } = socket.handshake;
  const token: unknown = auth.token;
  const viewer =
    typeof token === "string"
      ? await viewerFromToken(token)
      : // A browser always names its Origin, and it was checked; a cookie without one could come from anywhere.
        headers.origin === undefined
        ? null
        : await viewerFromHeaders({ cookie: headers.cookie });
  if (viewer === null) throw new Refusal("unauthenticated", "Log in, or give a valid token, to connect.");
  const slug = slugOf(socket.nsp.name);
  const workspace = slug === null ? null : await findWorkspace(viewer, slug);
  if (workspace === null) {
    throw new Refusal("not_found", "There is no such workspace, or you are not a member of it.");
  }
  const connections = socket.nsp.adapter.rooms.get(accountRoom(viewer.account.id))?.size ?? 0;
  if (connections >= MOST_CONNECTIONS) {
    throw new Refusal("rate_limited", `One account may hold ${MOST_CONNECTIONS} connections. Close some first.`);
  }
  // Here and not when connected: fifty handshakes at once count each other.
  socket.join(accountRoom(viewer.account.id));
  socket.data.viewer = viewer;
  socket.data.workspace = workspace;
}
