import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface OsUser {
  uid: number;
  gid: number;
}

/** How to spawn a program: as `spawn(file, args, options)`. */
export interface Command {
  file: string;
  args: string[];
  options: { uid?: number; gid?: number };
}

const NAME = "postgres";

/**
 * The user that Postgres runs as, or null for the one that runs Parley. Postgres refuses to run as root, so under root
 * it gets the user `postgres`, which is made if the system has none.
 *
 * @throws Error when the user is missing and cannot be made
 */
export async function databaseUser(): Promise<OsUser | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await lookUp();
  if (known !== null) return known;
  await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME])
    .catch(() => run("adduser", ["-S", "-D", "-H", NAME]))
    .catch(() => undefined);
  const made = await lookUp();
  if (made === null) {
    throw new Error(
      `Postgres must not run as root, and the user "${NAME}" could not be made: run Parley as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return made;
}

async function lookUp(): Promise<OsUser | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", NAME]), run("id", ["-g", NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/**
 * The command that runs `file` as `user`, able to reach each of `paths`.
 *
 * Where a folder above them is closed to that user (a checkout below /root, say) the program keeps one capability of
 * root's, that of passing such folders, and no other. Opening the folders themselves would be no business of ours.
 *
 * @throws Error when a folder is closed and root has no such capability to give
 */
export async function commandAs(user: OsUser | null, file: string, args: string[], paths: string[]): Promise<Command> {
  if (user === null) return { file, args, options: {} };
  const reachable = await Promise.all(paths.map((path) => canReach(user, path)));
  if (reachable.every(Boolean)) return { file, args, options: { uid: user.uid, gid: user.gid } };

  const capability = await passingCapability();
  const closed = paths[reachable.indexOf(false)];
  if (capability === null) throw new Error(`The user "${NAME}" may not reach ${closed}: open the folders above it.`);
  const only = `-all,+${capability}`;
  // Without this bit access(2), by which Postgres looks for its own programs, would forget the capability.
  const keeping = "--securebits=+no_setuid_fixup";
  const ids = [keeping, `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", "--no-new-privs"];
  const capabilities = [`--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`];
  return { file: "setpriv", args: [...ids, ...capabilities, "--", file, ...args], options: {} };
}

async function canReach(user: OsUser, path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The narrowest capability this process has that passes closed folders. Containers often have only the wider one. */
async function passingCapability(): Promise<"dac_read_search" | "dac_override" | null> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
  if ((permitted & (1n << 2n)) !== 0n) return "dac_read_search";
  if ((permitted & (1n << 1n)) !== 0n) return "dac_override";
  return null;
}
