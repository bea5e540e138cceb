import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Where Next's own WebSocket is in development; no page of it works before that is open. */
const HOT_RELOAD = /^\/_next\/hmr(?:\?|$)/;

/**
 * Lets WebSocket upgrades through to Socket.IO alone, and in development those of hot reload to Next.
 *
 * Next adds an `upgrade` listener of its own when it serves its first page, and proxying an upgrade has been a way
 * into internal networks: listeners that come after this call are taken away before the next request can arrive. In
 * development the last one taken is asked for hot reload, which Next offers in no other way.
 * Call it when Socket.IO is attached.
 */
export function guardUpgrades(
  server: Server,
  isOwn: (request: IncomingMessage) => boolean,
  { dev }: { dev: boolean },
): void {
  let hotReload: OnUpgrade | null = null;
  server.prependListener("upgrade", (request, socket, head) => {
    const path = request.url ?? "";
    if (hotReload !== null && HOT_RELOAD.test(path) && isOwn(request)) return hotReload(request, socket, head);
    if (path.startsWith("/socket.io/") && isOwn(request)) return;
    refuse(socket, path.startsWith("/socket.io/") ? "403 Forbidden" : "400 Bad Request");
  });
  server.on("newListener", (event: string, late: OnUpgrade) => {
    if (event !== "upgrade") return;
    if (dev) hotReload = late;
    queueMicrotask(() => server.removeListener("upgrade", late));
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
