import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Binaries } from "@/lib/db/embedded/binaries";
import { SETTINGS_FILE } from "@/lib/db/embedded/cluster-settings";
import { commandAs, type OsUser } from "@/lib/db/embedded/os-user";

/** The role that Parley connects as, and the database that it owns. It is no superuser: nobody can log in as one. */
export const ROLE = "parley";

/**
 * Makes the cluster (a Postgres data folder) unless it is there, and returns the password of its role.
 *
 * It is made beside its place and renamed into it when complete, so a crash half-way leaves nothing to repair.
 *
 * @throws Error with the program's own words when a step fails, or when the cluster has lost its password file
 */
export async function ensureCluster(cluster: string, passwordFile: string, binaries: Binaries, user: OsUser | null) {
  if (await exists(join(cluster, "PG_VERSION"))) {
    return readFile(passwordFile, "utf8").catch(() => {
      throw new Error(`${passwordFile} is missing or unreadable: without it the database cannot be opened.`);
    });
  }
  const password = randomBytes(24).toString("base64url");
  await writeFile(passwordFile, password, { mode: 0o600, flush: true });

  const unfinished = `${cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (user !== null) await chown(unfinished, user.uid, user.gid);

  await initialise(unfinished, binaries, user);
  await appendFile(join(unfinished, "postgresql.conf"), `\ninclude_if_exists '${SETTINGS_FILE}'\n`);
  await writeFile(join(unfinished, "pg_hba.conf"), ["local", "host"].map(accessRule).join("\n"));
  await createRole(unfinished, password, binaries, user);

  await rename(unfinished, cluster);
  await syncFolder(dirname(cluster));
  return password;
}

function accessRule(kind: string): string {
  return `${kind} all ${ROLE} ${kind === "host" ? "127.0.0.1/32 " : ""}scram-sha-256\n`;
}

async function initialise(folder: string, binaries: Binaries, user: OsUser | null): Promise<void> {
  const args = ["--pgdata", folder, "--username=postgres", "--auth=reject", "--data-checksums", "--no-instructions"];
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const initdb = (ctype: string) =>
    runAs(user, binaries.initdb, [...args, ...locale, "--locale=C", `--lc-ctype=${ctype}`], folder);
  // Not every system knows C.UTF-8; the built-in provider does the sorting and folding in either case.
  await initdb("C.UTF-8").catch(() => initdb("C"));
}

async function createRole(folder: string, password: string, binaries: Binaries, user: OsUser | null): Promise<void> {
  const args = ["--single", "-j", "-D", folder, "-c", "exit_on_error=on", "postgres"];
  const statements = [
    `CREATE ROLE ${ROLE} LOGIN CREATEDB PASSWORD '${password}';`,
    `CREATE DATABASE ${ROLE} OWNER ${ROLE};`,
  ];
  await runAs(user, binaries.postgres, args, folder, `${statements.join("\n\n")}\n`);
}

/** Runs a Postgres program to its end. @throws Error with what it printed, when it fails */
async function runAs(user: OsUser | null, file: string, args: string[], folder: string, input = ""): Promise<void> {
  const command = await commandAs(user, file, args, [file, folder]);
  const child = spawn(command.file, command.args, { ...command.options, env: postgresEnvironment(), cwd: folder });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (printed += chunk));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${file} failed: ${printed.trim()}`);
}

/** Nothing of the caller's PG… and LC_… settings: they would change what Postgres does. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, PATH, SystemRoot, TEMP } = process.env;
  return { NODE_ENV, PATH, SystemRoot, TEMP };
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
