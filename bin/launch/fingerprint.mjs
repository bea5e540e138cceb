import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const GENERATED = join("lib", "db", "generated");

/**
 * One hash over the contents of files and folders, so that a build is redone when, and only when, something that went
 * into it changed: a checkout moves the times of files that are the same.
 *
 * @param {string[]} paths relative to the working folder; those that do not exist count as empty
 * @returns {Promise<string>}
 */
export async function fingerprint(paths) {
  const files = (await Promise.all(paths.map(filesOf))).flat().sort();
  const hashes = await Promise.all(files.map(async (file) => `${file} ${sha256(await readFile(file))}`));
  return sha256(`${process.version}\n${hashes.join("\n")}`);
}

async function filesOf(path) {
  const found = await stat(path).catch(() => null);
  if (found === null || path === GENERATED) return [];
  if (!found.isDirectory()) return [path];
  const names = await readdir(path);
  return (await Promise.all(names.map((name) => filesOf(join(path, name))))).flat();
}

function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}
