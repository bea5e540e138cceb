import { rm } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { join } from "node:path";
import { socketFolder } from "@/lib/db/embedded/address";

/** The data folder is in use by a running Parley. `message` is the one line to print. */
export class DataFolderInUse extends Error {}

export interface DataFolderLock {
  release(): Promise<void>;
}

const NAME = "parley.lock";

/**
 * Claims the data folder for this process.
 *
 * The claim is a listening socket and not a file with a process id: the system ends it with the process, however that
 * dies, and no other process can come by the same id. Whoever connects is told the holder's process id.
 *
 * @throws DataFolderInUse while another process holds it
 */
export async function lockDataFolder(dataDir: string): Promise<DataFolderLock> {
  const path = await lockPath(dataDir);
  const server = (await tryListen(path)) ?? (await replaceAbandoned(path));
  if (server === null) {
    const holder = await askHolder(path);
    throw new DataFolderInUse(
      `Parley already runs on ${dataDir}${holder ? ` (process ${holder})` : ""}: stop it first.`,
    );
  }
  server.unref();
  return {
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function lockPath(dataDir: string): Promise<string> {
  if (process.platform === "win32") return `\\\\.\\pipe\\parley-${Buffer.from(dataDir).toString("hex").slice(-200)}`;
  return join(await socketFolder(dataDir, NAME, null), NAME);
}

async function replaceAbandoned(path: string): Promise<Server | null> {
  if ((await askHolder(path)) !== null) return null;
  await rm(path, { force: true });
  return tryListen(path);
}

/** Null when the path is taken, by a living process or by one that died. */
function tryListen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on("error", () => undefined).end(String(process.pid)));
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}

/** The holder's process id; empty if it is too busy (or stopped) to say; null if nobody listens any more. */
function askHolder(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = createConnection(path);
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    let connected = false;
    socket.on("connect", () => {
      connected = true;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(connected ? answer : null));
  });
}
