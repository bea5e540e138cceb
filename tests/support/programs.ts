import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian keeps servers that an ordinary user's PATH leaves out. */
const ALSO = ["/usr/sbin", "/usr/local/sbin"];

/** The path of an installed program; null where this machine has none. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...ALSO];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** @throws Error that names it */
export function requireProgram(name: string): string {
  const path = findProgram(name);
  if (path === null) throw new Error(`${name} is not installed.`);
  return path;
}

/** `describe` where all of these programs are installed; else the suite is skipped, and its name says for want of what. */
export function describeWith(programs: readonly string[], title: string, suite: () => void): void {
  const missing = programs.filter((name) => findProgram(name) === null);
  if (missing.length === 0) describe(title, suite);
  else describe.skip(`${title} (SKIPPED: ${missing.join(" and ")} not installed)`, suite);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
