import { createHash } from "node:crypto";
import { chown, lstat, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OsUser } from "@/lib/db/embedded/os-user";

/** Where the embedded Postgres listens: a socket file in a folder, or a port of 127.0.0.1. */
export type Address = { kind: "socket"; folder: string; port: number } | { kind: "tcp"; port: number };

/** A socket's path holds 103 bytes on macOS and 107 on Linux. */
const LONGEST_PATH = 100;
const POSTGRES_PORT = 5432;

/**
 * Picks the address of the cluster in the folder `cluster`, and makes the socket's folder where it needs its own.
 * `portInUse` is the port of a postmaster that runs on the cluster already.
 */
export async function chooseAddress(cluster: string, owner: OsUser | null, portInUse?: number): Promise<Address> {
  if (process.platform === "win32") return { kind: "tcp", port: portInUse ?? (await freePort()) };
  const folder = await socketFolder(cluster, `.s.PGSQL.${POSTGRES_PORT}`, owner);
  return { kind: "socket", folder, port: POSTGRES_PORT };
}

/**
 * A folder in which the socket file `name` has a path short enough to bind: `preferred`, else a private one under the
 * system's temporary folder, named after `preferred` so that each start finds the same one.
 *
 * @throws Error when somebody else owns that private folder
 */
export async function socketFolder(preferred: string, name: string, owner: OsUser | null): Promise<string> {
  if (Buffer.byteLength(join(preferred, name)) <= LONGEST_PATH) return preferred;
  const folder = join(tmpdir(), `parley-${createHash("sha256").update(preferred).digest("hex").slice(0, 16)}`);
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const { uid } = await lstat(folder);
  const self = process.getuid?.();
  if (uid !== self && uid !== owner?.uid) throw new Error(`${folder} belongs to another user: remove it.`);
  if (owner !== null && uid !== owner.uid) await chown(folder, owner.uid, owner.gid);
  return folder;
}

/** Below 32768, where no system takes the local port of an outgoing connection. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
